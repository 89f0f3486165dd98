import type { ErrorCode, ProtocolErrorPayload } from '@parley/protocol';

/** The server answered `error` (F3, L1). Its `code` is for programs, its `message` for people. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  /** Why; a newer server may send codes that this list does not have, so keep a default branch. */
  readonly code: ErrorCode;
  /** Milliseconds until sending makes sense again; undefined when waiting does not help. */
  readonly retryAfter: number | undefined;
  /** The topic that it concerns, where it concerns one. */
  readonly topic: string | undefined;

  constructor(payload: Pick<ProtocolErrorPayload, 'code' | 'message' | 'retryAfter'>, topic?: string) {
    super(payload.message);
    this.code = payload.code;
    this.retryAfter = payload.retryAfter;
    this.topic = topic;
  }
}

/**
 * Whether a refusal means that the server could not find out (S5), or could not store now (P2): asked again, it may say
 * yes.
 */
export function isForNow({ code, retryAfter }: Pick<ProtocolErrorPayload, 'code' | 'retryAfter'>): boolean {
  return (code === 'forbidden' || code === 'not-stored') && retryAfter !== undefined;
}

/**
 * The session is over, or there never was one. A `ticket` function rejects with this when `POST /api/ticket` answers
 * 401: the client then stops reconnecting and its status is `signed-out`. Pending messages reject with it too.
 */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError';

  constructor(message = 'You are signed out. Sign in again to go on.') {
    super(message);
  }
}

/**
 * There is no ticket for now: the server is starting, stopping, full, or was asked too often. A `ticket` function rejects
 * with this so that the client waits as long as the server asks for.
 */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
  /** Milliseconds until asking again makes sense; undefined when the server did not say. */
  readonly retryAfter: number | undefined;

  constructor(message: string, retryAfter?: number) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/**
 * The client was disconnected for good before the message was acknowledged: `disconnect()` was called, or the server
 * gave the connection to a newer socket again and again (4409). The message may or may not have arrived; sending it again
 * with the same `id` is harmless (P3).
 */
export class DisconnectedError extends Error {
  override readonly name = 'DisconnectedError';

  constructor(message = 'The connection was closed before the server acknowledged this.') {
    super(message);
  }
}

/** More is waiting to be sent than the client keeps in memory; nothing was queued. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';

  constructor() {
    super('Too much is waiting to be sent. Send it again once the connection is back.');
  }
}
