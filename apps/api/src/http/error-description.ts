import { errorCode } from './out-of-reach';

/** An error as the log has it. */
export interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly stack: string | undefined;
  readonly cause?: ErrorDescription;
}

/** Causes of causes that are told; an error may even be its own. */
const DEPTH = 4;

/**
 * What names an error and nothing else of it: Postgres' `detail` and a query's parameters are people's data. So is the
 * message of a data exception (SQLSTATE class 22), which quotes the value.
 */
export function describeError(error: Error, depth = 0): ErrorDescription {
  const { name, cause, stack } = error;
  const code = errorCode(error);
  const quotes = /^22[0-9A-Z]{3}$/.test(code ?? '');
  const message = quotes ? `SQLSTATE ${code ?? ''}` : error.message;
  return {
    type: name,
    message,
    code,
    stack: quotes ? framesOf(stack) : stack,
    ...(cause instanceof Error && depth < DEPTH ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

/** A stack begins with the message. */
function framesOf(stack: string | undefined): string | undefined {
  return stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
