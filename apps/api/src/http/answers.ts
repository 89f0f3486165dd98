import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { problem } from '@parley/protocol';
import type { z } from 'zod';

/** What an endpoint answers, for the description of the API: on success this schema, and these problems. */
export function Answers(status: number, schema: z.ZodType | undefined, problems: readonly number[] = []) {
  return applyDecorators(
    ApiResponse({ status, ...(schema === undefined ? {} : { standardSchema: schema }) }),
    ...problems.map((each) =>
      ApiResponse({ status: each, standardSchema: problem, description: 'A problem document (RFC 9457).' }),
    ),
  );
}
