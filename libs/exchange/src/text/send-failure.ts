import { DisconnectedError, ProtocolError, QueueFullError, SignedOutError } from '@parley/client';
import type { Delivery } from './outgoing';

type Failed = Extract<Delivery, { state: 'failed' }>;

/** Why a message did not get there, in words for the one who wrote it. */
export function sendFailure(error: Error): Failed {
  if (error instanceof SignedOutError) return failed('You are signed out.');
  if (error instanceof DisconnectedError) return failed('The connection was closed.');
  if (error instanceof QueueFullError) return failed('Too much is waiting already.');
  if (!(error instanceof ProtocolError)) return failed('Something went wrong.');
  switch (error.code) {
    case 'too-large':
      return { state: 'failed', reason: 'It is too long for one message.', retryable: false };
    case 'forbidden':
    case 'not-subscribed':
      return failed('You cannot write here at the moment.');
    case 'rate-limited':
      return failed('Too many messages at once.');
    case 'not-stored':
      return failed('The server could not keep it.');
    default:
      return failed('The server did not take it.');
  }
}

function failed(reason: string): Failed {
  return { state: 'failed', reason, retryable: true };
}
