import type { RequestHandler } from 'express';
import type { IncomingMessage } from 'node:http';
import { isUpload } from '../files/upload-request';

/** Milliseconds for a body of at most 64 KiB. */
const BODY_MS = 60_000;

/** Ends requests whose body takes too long to come, uploads apart: those have a pace of their own. */
export function endsSlowBodies(limitMs = BODY_MS): RequestHandler {
  return (request, _response, next) => {
    const { 'transfer-encoding': coding, 'content-length': length } = request.headers;
    if (!isUpload(request) && (coding !== undefined || Number(length) > 0)) endSlowBody(request, limitMs);
    next();
  };
}

/** Ends this request if its body is not there in time. */
export function endSlowBody(request: IncomingMessage, limitMs = BODY_MS): void {
  const late = setTimeout(() => request.socket.destroy(), limitMs).unref();
  for (const over of ['end', 'close']) request.once(over, () => clearTimeout(late));
}
