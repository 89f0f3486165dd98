import { HttpErrorResponse } from '@angular/common/http';
import { type Problem, problem } from '@parley/protocol';

/** Codes that this side gives to failures for which the server had no words. */
export const UNREACHABLE = 'unreachable';
export const UNREADABLE = 'unreadable';

/**
 * A request that failed, in words for people (A5, RFC 9457). Every failing `HttpClient` call ends in one of these.
 *
 * `status` is the HTTP status, 0 when no answer came. `code` is stable and for programs; `message` is the sentence to
 * show. `errors` names the field of each mistake, as a dotted path.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly code: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];

  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.errors = problem.errors ?? [];
  }
}

/** Says in words what went wrong, whatever was thrown. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  // A resource wraps what is not an Error itself; what the interceptor threw is its cause.
  if (error instanceof Error && error.cause instanceof ProblemError) return error.cause;
  if (error instanceof HttpErrorResponse) return fromResponse(error);
  return ownProblem(
    UNREADABLE,
    0,
    'The server gave an answer that this page does not understand. Load the page again.',
  );
}

function fromResponse(response: HttpErrorResponse): ProblemError {
  if (response.status === 0) {
    return ownProblem(UNREACHABLE, 0, 'Parley cannot be reached, so nothing was sent. Check your connection.');
  }
  const told = problem.safeParse(bodyOf(response));
  if (told.success) return new ProblemError(told.data);
  return ownProblem(
    UNREADABLE,
    response.status,
    'Parley failed to answer, so nothing was changed. Try again in a minute.',
  );
}

/** Angular parses an error's body only where it is JSON; where it is not, there is no problem to read in it. */
function bodyOf(response: HttpErrorResponse): unknown {
  const body: unknown = response.error;
  return body;
}

function ownProblem(code: string, status: number, detail: string): ProblemError {
  return new ProblemError({ type: 'about:blank', title: 'No answer', status, code, detail });
}
