import { createHmac } from 'node:crypto';

/** The name of the server's session cookie. */
const NAME = 'parley.sid';

/** The header that a browser with this session would send: express-session signs with HMAC-SHA256, and marks it with `s:`. */
export function sessionCookie(sid: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '');
  return `${NAME}=${encodeURIComponent(`s:${sid}.${signature}`)}`;
}
