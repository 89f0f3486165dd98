/**
 * Why a socket was closed. 4000–4999 are free for applications (RFC 6455 §7.4.2); the others are the registered ones
 * that the server uses on purpose.
 */
export const CloseCode = {
  /** The client closed on purpose, for example with `disconnect()`. */
  normal: 1000,
  /** The page or the server process goes away. */
  goingAway: 1001,
  /** A frame was larger than the frame limit (F4). */
  tooLarge: 1009,
  /** The server restarts; come back after the delay it named (L4). */
  restarting: 1012,
  /** A guard did not answer until the lease was over (S6); come back and ask anew. */
  tryAgainLater: 1013,
  /** Malformed frames kept coming, or a binary frame came (F3). */
  badFrames: 4400,
  /** The session behind the connection ended (T5). */
  sessionEnded: 4401,
  /** The reader did not keep up (L2), or no longer answered the heartbeat (L3). */
  slowReader: 4408,
  /** The same connectionId was resumed by a newer socket (T4). */
  replaced: 4409,
  /** The rate limit was ignored for too long (L1). */
  rateLimited: 4429,
} as const;

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];
