import type { Request, RequestHandler } from 'express';

/** Milliseconds for which the rest of a refused body is still taken, and thrown away. */
const LINGER_MS = 5_000;

const path = /^\/(?:api\/)?exchanges\/[^/]+\/files\/?$/i;

/** Whether its body is a file, which is nothing for a parser (A8). */
export function isUpload({ method, path: at }: Pick<Request, 'method' | 'path'>): boolean {
  return method === 'POST' && path.test(at);
}

/**
 * Ends what goes on coming after the answer. Not at once: a browser that still sends when its connection breaks tells
 * its page of a broken network, and not of the reason that it was answered with.
 */
export function endsRefusedUploads(lingerMs = LINGER_MS): RequestHandler {
  return (request, response, next) => {
    response.once('finish', () => {
      if (request.complete || request.destroyed) return;
      const late = setTimeout(() => request.destroy(), lingerMs).unref();
      request.once('close', () => clearTimeout(late));
      request.resume();
    });
    next();
  };
}
