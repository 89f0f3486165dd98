import type { Ack, ProtocolErrorPayload } from '@parley/protocol';
import type { Budget } from './budget';
import { deferred, unobserved, type Deferred } from './deferred';
import { ProtocolError, QueueFullError } from './errors';
import type { Pace } from './pace';

interface Entry extends Deferred<Ack> {
  readonly text: string;
  sent: boolean;
}

/**
 * The messages of one topic that the server has not acknowledged, in the order in which they were given. On every
 * connection they are sent from the oldest on, each with the id it has; the server recognises repeats (P3).
 */
export class Outbox {
  readonly #send: (text: string) => void;
  readonly #pace: Pace;
  readonly #budget: Budget;
  /** By id; a Map keeps the order. */
  readonly #entries = new Map<string, Entry>();
  #inFlight = 0;

  constructor(send: (text: string) => void, pace: Pace, budget: Budget) {
    this.#send = send;
    this.#pace = pace;
    this.#budget = budget;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** @param text the frame as it will be sent, with this id in it */
  add(id: string, text: string): Promise<Ack> {
    const waiting = this.#entries.get(id);
    if (waiting !== undefined) return waiting.promise;
    if (!this.#budget.take(text.length)) return unobserved(Promise.reject(new QueueFullError()));
    const entry = { ...deferred<Ack>(), text, sent: false };
    this.#entries.set(id, entry);
    return entry.promise;
  }

  /** Sends what may be sent now. Call while the topic is joined only. */
  flush(): void {
    for (const entry of this.#entries.values()) {
      if (entry.sent) continue;
      if (this.#inFlight >= this.#pace.inFlight || !this.#pace.take()) return;
      entry.sent = true;
      this.#inFlight += 1;
      this.#send(entry.text);
    }
  }

  /** @returns whether this was one of its messages */
  acknowledge(ack: Ack): boolean {
    const entry = this.#remove(ack.id);
    entry?.resolve(ack);
    return entry !== undefined;
  }

  /** @returns whether this was one of its messages */
  refuse(id: string, error: ProtocolErrorPayload, topic: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    if (error.code === 'rate-limited') {
      this.#unsend(entry);
      this.#pace.limited(error.retryAfter);
    } else {
      this.#remove(id);
      entry.reject(new ProtocolError(error, topic));
    }
    return true;
  }

  /** The connection is gone; everything that waits for an ack is to be sent again. */
  rewind(): void {
    for (const entry of this.#entries.values()) this.#unsend(entry);
  }

  /** Characters of the largest message under way; 0 when there is none. */
  get largest(): number {
    return Math.max(0, ...[...this.#entries.values()].filter(({ sent }) => sent).map(({ text }) => text.length));
  }

  /** Gives up on the messages under way that have so many characters. */
  refuseLargest(characters: number, error: Error): void {
    for (const [id, entry] of [...this.#entries]) {
      if (!entry.sent || entry.text.length !== characters) continue;
      this.#remove(id);
      entry.reject(error);
    }
  }

  rejectAll(error: Error): void {
    for (const [id, entry] of [...this.#entries]) {
      this.#remove(id);
      entry.reject(error);
    }
  }

  #remove(id: string): Entry | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#unsend(entry);
    this.#entries.delete(id);
    this.#budget.giveBack(entry.text.length);
    return entry;
  }

  #unsend(entry: Entry): void {
    if (entry.sent) this.#inFlight -= 1;
    entry.sent = false;
  }
}
