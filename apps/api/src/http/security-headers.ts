import type { RequestHandler } from 'express';
import helmet from 'helmet';

const permissions = [
  'camera=(self)',
  'microphone=(self)',
  'display-capture=(self)',
  'fullscreen=(self)',
  'geolocation=()',
  'payment=()',
  'usb=()',
  'browsing-topics=()',
].join(', ');

/**
 * The headers of every answer. Scripts come from this server alone. Styles too, or carry the page's nonce; `style`
 * attributes are allowed, because Angular Material places its overlays with them.
 *
 * @param styleSources what else may hold styles, for example a nonce
 */
export function contentSecurityPolicy(styleSources: readonly string[] = []): RequestHandler {
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'", ...styleSources],
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      mediaSrc: ["'self'", 'blob:'],
      workerSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  });
}

/** What the API answers is someone's own, and of this moment. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

export const securityHeaders: readonly RequestHandler[] = [
  helmet({
    contentSecurityPolicy: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  }),
  contentSecurityPolicy(),
  (_request, response, next) => {
    response.setHeader('Permissions-Policy', permissions);
    next();
  },
];
