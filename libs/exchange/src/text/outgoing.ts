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

export function addOutgoing(all: readonly Outgoing[], message: Omit<Outgoing, 'delivery'>): readonly Outgoing[] {
  return [...all, { ...message, delivery: { state: 'sending' } }];
}

export function removeOutgoing(all: readonly Outgoing[], id: string): readonly Outgoing[] {
  return all.some((message) => message.id === id) ? all.filter((message) => message.id !== id) : all;
}

/** Does nothing when the message has been delivered or discarded meanwhile. */
export function setDelivery(all: readonly Outgoing[], id: string, delivery: Delivery): readonly Outgoing[] {
  return all.map((message) => (message.id === id ? { ...message, delivery } : message));
}
