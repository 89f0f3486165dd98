import express, { type RequestHandler } from 'express';
import { ProblemException } from './problem.exception';

/** Reads JSON bodies of at most 64 KiB; any other kind of body is refused, which also keeps HTML forms out. */
export const jsonBody: readonly RequestHandler[] = [
  (request, _response, next) => {
    const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0;
    if (hasBody && request.is('application/json') === false) {
      next(new ProblemException(415, 'unsupported-media-type', 'Send JSON, with Content-Type: application/json.'));
    } else next();
  },
  express.json({ limit: 64 * 1024 }),
];
