/** The `code` of an `error` frame, and of the JSON body with which an upgrade is refused (T3). */
export const errorCodes = [
  /** The frame is not JSON, not an object, or a field has the wrong type (F3). */
  'malformed',
  /** The topic does not follow `namespace/feature:id` (F3). */
  'bad-topic',
  /** The action is neither a reserved one that clients may send nor a well-formed custom one (F2). */
  'bad-action',
  /** The payload is larger than the payload limit (F3). */
  'too-large',
  /** The allowance was refused; a topic that does not exist answers the same (S1). */
  'forbidden',
  /** Publishing or loading needs a subscription first (S4). */
  'not-subscribed',
  /** This connection holds as many subscriptions as it may (F4). */
  'too-many-subscriptions',
  /** The token bucket is empty; `retryAfter` says for how many milliseconds (L1). */
  'rate-limited',
  /** The message could not be stored; nothing was broadcast, the same `id` may be sent again. */
  'not-stored',
  /** The server failed; the log knows more. */
  'internal',
  /** Upgrade only: the ticket is unknown, used or expired (T3). */
  'bad-ticket',
  /** Upgrade only: the page's Origin is not allowed (T3). */
  'bad-origin',
  /** Upgrade only: this user holds as many connections as one user may (T3). */
  'too-many-connections',
  /** Upgrade only: the server is full or shutting down (T3). */
  'unavailable',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
