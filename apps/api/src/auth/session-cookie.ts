import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const SESSION_COOKIE = 'parley.sid';

/** Of ids as we make them. */
const grammar = /^parley\.sid=s%3A([A-Za-z0-9_-]{1,128})\.([A-Za-z0-9%]{1,129})$/;

/** A session cookie whose signature is right. */
export interface SentCookie {
  /** The session's id. */
  readonly sid: string;
  /** The cookie as it came, like `name=value`. */
  readonly pair: string;
}

/**
 * The session cookie past express-session, for requests that are answered without it: in the one spelling in which that
 * sends it. Anything else may still be a session, and express-session knows.
 */
export class SessionCookie {
  private readonly key: KeyObject;
  private expires = { second: NaN, text: '' };

  /** @param secret what express-session signs with */
  constructor(
    secret: string,
    private readonly trustProxy: number,
  ) {
    this.key = createSecretKey(Buffer.from(secret));
  }

  /** @param header all cookies of a request */
  read(header: string): SentCookie | undefined {
    const start = header.indexOf(SESSION_COOKIE);
    // With two of them it is express-session that says which one counts.
    if (start === -1 || header.includes(SESSION_COOKIE, start + 1)) return undefined;
    if (start > 0 && !header.startsWith('; ', start - 2)) return undefined;
    const end = header.indexOf(';', start);
    const pair = header.slice(start, end === -1 ? undefined : end);
    const [, sid, signature] = grammar.exec(pair) ?? [];
    if (sid === undefined || signature === undefined) return undefined;
    return isSame(signature, this.signature(sid)) ? { sid, pair } : undefined;
  }

  /**
   * The header that lets a cookie live until then.
   *
   * @param until milliseconds since 1970
   * @param secure whether it is for HTTPS alone
   */
  renewed(pair: string, until: number, secure: boolean): string {
    const second = Math.floor(until / 1000);
    // Those who come in the same second have the same end, nearly always.
    if (second !== this.expires.second) this.expires = { second, text: new Date(until).toUTCString() };
    return `${pair}; Path=/; Expires=${this.expires.text}; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`;
  }

  /** Whether it came over HTTPS, as Express' `request.secure` says it: to us, or to the proxy before us. */
  isSecure({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): boolean {
    if ('encrypted' in socket) return true;
    const forwarded = headers['x-forwarded-proto'];
    return this.trustProxy > 0 && typeof forwarded === 'string' && forwarded.split(',', 1)[0]?.trim() === 'https';
  }

  /** That of `cookie-signature`, and then as cookies are written. */
  private signature(sid: string): string {
    return encodeURIComponent(createHmac('sha256', this.key).update(sid).digest('base64').replace(/=+$/, ''));
  }
}

function isSame(given: string, right: string): boolean {
  return given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
}
