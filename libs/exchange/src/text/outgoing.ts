import type { OutgoingMessage } from '@parley/client';
import { sendFailure } from './send-failure';
import { readText, type TextPayloads } from './text-topic';

/** How far an own message got. What the server has broadcast is in the log and no longer here. */
export type Delivery =
  | { readonly state: 'sending' }
  /** `reason` is a sentence for people; `retryable` says whether the same message can succeed later. */
  | { readonly state: 'failed'; readonly reason: string; readonly retryable: boolean };

/** An own message that the log does not have yet. */
export interface Outgoing {
  /** The id under which it is, and is again, sent: a repeat is harmless (P3). */
  readonly id: string;
  readonly text: string;
  /** Milliseconds since the epoch, by this device's clock. */
  readonly at: number;
  readonly delivery: Delivery;
}

const sending: Delivery = { state: 'sending' };

/** The same object for the same failure, so that a row that did not change is recognised. */
const failures = new WeakMap<Error, Delivery>();

/** The texts among what the channel has not delivered yet, in the order in which they were written. */
export function outgoingTexts(all: readonly OutgoingMessage<TextPayloads>[]): readonly Outgoing[] {
  return all.flatMap(({ action, id, payload, at, failure }) => {
    const text = action === 'message' ? readText(payload) : undefined;
    return text === undefined ? [] : { id, text, at, delivery: failure === undefined ? sending : failed(failure) };
  });
}

function failed(failure: Error): Delivery {
  const delivery = failures.get(failure) ?? sendFailure(failure);
  failures.set(failure, delivery);
  return delivery;
}
