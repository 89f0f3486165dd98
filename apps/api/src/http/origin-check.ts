import { isOwnOrigin } from '@parley/socket';
import type { RequestHandler } from 'express';
import type { IncomingMessage } from 'node:http';
import { ProblemException } from './problem.exception';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site's page wants to change here. Browsers name the page's origin with every such request;
 * who sends none is no browser, and brings no cookie that it does not own. The own origin is what the Host header says:
 * a proxy has to pass that on, or the origin is listed in PARLEY_ORIGINS.
 */
export function originCheck(allowed: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    const fine = harmless.has(request.method) || mayChange(request, allowed);
    next(fine ? undefined : new ProblemException(403, 'bad-origin', 'This page may not change anything here.'));
  };
}

/** Whether the page that this request comes from may change something here. */
export function mayChange({ headers }: Pick<IncomingMessage, 'headers'>, allowed: readonly string[]): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  return origin === undefined
    ? site === undefined || site === 'same-origin' || site === 'none'
    : isOwnOrigin(origin, host) || allowed.includes(origin);
}
