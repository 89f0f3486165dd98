import compression from 'compression';
import express, { type RequestHandler, type Response } from 'express';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemException } from './problem.exception';
import { contentSecurityPolicy } from './security-headers';
import { writeProblem } from './write-problem';

/** The app's own pages; it finds out itself what to show there. */
const pages = /^\/($|sign-in$|register$|bookings(\/|$)|app\/)/;
/** The build puts a hash of the content, eight characters of base64url, into the names of its scripts and styles. */
const hashed = /-[A-Za-z0-9_-]{8}\.(js|css|woff2)$/;
const YEAR_S = 31_536_000;

/**
 * Serves the built web app (A7): its files, and its page at every address that it has a page for. Any other address
 * gets the same page with status 404, so that people see a page and programs the status. Leaves `/api` alone.
 *
 * @param folder with `index.html`
 */
export function webApp(folder: string): RequestHandler {
  const files = express.static(folder, {
    index: false,
    redirect: false,
    setHeaders: (response, file) => {
      const forEver = hashed.test(file);
      response.setHeader('Cache-Control', forEver ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
    },
  });
  const compress = compression();
  const serve: RequestHandler = (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      writeProblem(response, new ProblemException(404, 'not-found', 'There is nothing at this address.'));
    } else if (pages.test(request.path) || request.path === '/index.html') {
      sendPage(folder, response, 200, next);
    } else {
      files(request, response, (error?: unknown) => {
        if (error !== undefined) next(error);
        else if (request.accepts('html') === 'html') sendPage(folder, response, 404, next);
        else writeProblem(response, new ProblemException(404, 'not-found', 'There is nothing at this address.'));
      });
    }
  };
  return (request, response, next) => {
    if (request.path === '/api' || request.path.startsWith('/api/')) next();
    else compress(request, response, () => void serve(request, response, next));
  };
}

function sendPage(folder: string, response: Response, status: number, next: (error?: unknown) => void): void {
  const file = join(folder, 'index.html');
  if (!existsSync(file)) {
    const detail = 'The web app is not built. Run npm start, or npm run build, and load this page again.';
    writeProblem(response, new ProblemException(503, 'not-built', detail));
    return;
  }
  // Angular adds the styles of its components at run time; the nonce says that they are its own.
  const nonce = randomBytes(18).toString('base64url');
  const page = readFileSync(file, 'utf8')
    .replaceAll(/<(parley-root)(?=[\s>])/g, `<$1 ngCspNonce="${nonce}"`)
    .replaceAll(/<style(?=[\s>])/g, `<style nonce="${nonce}"`);
  contentSecurityPolicy([`'nonce-${nonce}'`])(response.req, response, (error?: unknown) => {
    if (error !== undefined) next(error);
    else response.status(status).set('Cache-Control', 'no-cache').type('html').send(page);
  });
}
