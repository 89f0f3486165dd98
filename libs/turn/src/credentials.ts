import { createHmac } from 'node:crypto';

/** What a TURN server that knows the secret takes from one user, for a while. */
export interface TurnCredentials {
  readonly username: string;
  /** Not for logs. */
  readonly credential: string;
  /** From when on they are refused. An allocation that exists by then goes on, and can be refreshed. */
  readonly expiresAt: Date;
}

export interface TurnCredentialOptions {
  /** The one that the TURN server knows as `static-auth-secret`. */
  readonly secret: string;
  /** For whom; it stands in the username, so a relay's own log and its quota know people apart. */
  readonly userId: string;
  readonly ttlMs: number;
  /** Milliseconds since 1970. Default: now. */
  readonly now?: number;
}

/**
 * Credentials after coturn's "REST API for access to TURN services" (draft-uberti-behave-turn-rest-00 §2.2): the username is
 * `expiry:userId` with the expiry in whole seconds since 1970, the credential base64(HMAC-SHA1(secret, username)).
 */
export function turnCredentials({ secret, userId, ttlMs, now = Date.now() }: TurnCredentialOptions): TurnCredentials {
  const expiry = Math.floor((now + ttlMs) / 1000);
  const username = `${expiry}:${userId}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return { username, credential, expiresAt: new Date(expiry * 1000) };
}
