import { StandardSchemaValidationPipe } from '@nestjs/common';
import { badInput } from './problem.exception';

/** Checks what comes in against the zod schema at its parameter; a mistake is a 400 that names the field (A5). */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    badInput(
      issues.slice(0, 50).map((issue) => ({
        field: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
        message: issue.message,
      })),
    ),
});
