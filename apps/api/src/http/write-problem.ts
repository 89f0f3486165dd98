import { PROBLEM_TYPE, type Problem } from '@parley/protocol';
import type { Response } from 'express';
import { STATUS_CODES } from 'node:http';
import type { ProblemException } from './problem.exception';

/** The document of RFC 9457. The codes have no pages of their own, hence `about:blank`. */
export function problemOf(exception: ProblemException): Problem {
  const status = exception.getStatus();
  const { code, detail, more } = exception;
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(more.errors === undefined ? {} : { errors: more.errors }),
  };
}

export function writeProblem(response: Response, exception: ProblemException): void {
  response
    .status(exception.getStatus())
    .set({ 'Cache-Control': 'no-store', ...exception.more.headers })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problemOf(exception)));
}
