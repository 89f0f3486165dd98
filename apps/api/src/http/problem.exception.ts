import { HttpException } from '@nestjs/common';
import type { Problem } from '@parley/protocol';

/** An error with everything that its problem document says (A5). */
export class ProblemException extends HttpException {
  constructor(
    status: number,
    readonly code: string,
    readonly detail: string,
    readonly more: { readonly errors?: Problem['errors']; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail, status);
  }
}

export const notSignedIn = (): ProblemException => new ProblemException(401, 'not-signed-in', 'Sign in first.');

/** One answer for what is not there and for what is none of the reader's business. */
export const notFound = (what: string): ProblemException =>
  new ProblemException(404, 'not-found', `There is no such ${what}, or you do not take part in it.`);

/** Bad input in one field. */
export const badField = (field: string, message: string): ProblemException => badInput([{ field, message }]);

export const badInput = (errors: NonNullable<Problem['errors']>): ProblemException =>
  new ProblemException(400, 'invalid-input', 'Some of what was sent is not valid.', { errors });

export const tooMany = (detail: string, retryAfterMs: number): ProblemException =>
  new ProblemException(429, 'too-many-requests', detail, {
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) },
  });

/** It is not the request's fault, and goes by within seconds. */
export const unavailable = (detail: string): ProblemException =>
  new ProblemException(503, 'unavailable', detail, { headers: { 'Retry-After': '1' } });
