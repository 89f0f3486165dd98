import express, { type RequestHandler } from 'express';
import { endsRefusedUploads, isUpload } from '../files/upload-request';
import { ProblemException } from './problem.exception';

/** Reads JSON bodies of at most 64 KiB; any other kind of body is refused, which also keeps HTML forms out. */
const jsonBody: readonly RequestHandler[] = [
  (request, _response, next) => {
    const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0;
    if (hasBody && request.is('application/json') === false) {
      next(new ProblemException(415, 'unsupported-media-type', 'Send JSON, with Content-Type: application/json.'));
    } else next();
  },
  express.json({ limit: 64 * 1024 }),
];

const endsRefused = endsRefusedUploads();

/** Reads bodies that are JSON, and leaves those that are files to whoever takes them in. */
export const bodies: readonly RequestHandler[] = [
  (request, response, next) => {
    if (isUpload(request)) endsRefused(request, response, next);
    else next();
  },
  ...jsonBody.map((handler): RequestHandler => (request, response, next) => {
    if (isUpload(request)) next();
    else handler(request, response, next);
  }),
];
