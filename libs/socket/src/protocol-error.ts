import type { DecodedFrame, ErrorCode } from '@parley/protocol';

/** A refusal that the client is told with an `error` frame; the connection stays open (F3). */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Milliseconds until trying again makes sense. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/** S1: the same words whether the topic exists or not. */
export function forbidden(): ProtocolError {
  return new ProtocolError('forbidden', 'You are not allowed to do this here.');
}

/** S5: the guard failed or was late. Refused all the same; `retryAfter` says that asking again makes sense. */
export function forbiddenForNow(): ProtocolError {
  return new ProtocolError('forbidden', 'It cannot be found out right now whether you are allowed to do this.', 2_000);
}

/** P2: the store cannot hold this one, however often it is sent. */
export function notStored(): ProtocolError {
  return new ProtocolError('not-stored', 'This message cannot be stored.');
}

/** P2: the store did not answer, or is away. Nobody was told of the message; `retryAfter` says that sending it again makes sense. */
export function notStoredForNow(): ProtocolError {
  return new ProtocolError('not-stored', 'The message could not be stored right now. Send it again.', 1_000);
}

/** S4. */
export function notSubscribed(): ProtocolError {
  return new ProtocolError('not-subscribed', 'Subscribe to the topic first.');
}

/** What an answer says it is about: the frame's topic and id, where it has them. */
export function aboutFrame({ topic, id }: Pick<DecodedFrame, 'topic' | 'id'>): { topic?: string; id?: string } {
  return { ...(topic === undefined ? {} : { topic: topic.name }), ...(id === undefined ? {} : { id }) };
}
