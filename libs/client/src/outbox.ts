import type { Ack, ErrorCode, ProtocolErrorPayload } from '@parley/protocol';
import type { Budget } from './budget';
import { deferred, unobserved, type Deferred } from './deferred';
import { ProtocolError, QueueFullError, isForNow } from './errors';
import type { Pace } from './pace';

interface Entry extends Deferred<Ack> {
  readonly text: string;
  sent: boolean;
  /** How often the server failed at it on this connection. */
  failures: number;
}

/**
 * What the server may be able to do a little later, for example once its database is back, and how often it is asked
 * again. With the default backoff that takes half a minute and four seconds, on average.
 */
const RETRIES: ReadonlyMap<ErrorCode, number> = new Map([
  ['internal', 6],
  ['not-stored', 3],
]);

/**
 * The messages of one topic that the server has not acknowledged, in the order in which they were given. On every
 * connection they are sent from the oldest on, each with the id it has; the server recognises repeats (P3).
 */
export class Outbox {
  readonly #send: (text: string) => void;
  readonly #pace: Pace;
  readonly #budget: Budget;
  readonly #later: (attempt: number, run: () => void) => () => void;
  /** By id; a Map keeps the order. */
  readonly #entries = new Map<string, Entry>();
  #inFlight = 0;
  /** Times in a row that the server failed, whichever message it was; an ack ends the row. */
  #failures = 0;
  /** There while nothing is sent because the server failed. */
  #cancelPause: (() => void) | undefined;

  /** @param later runs something after a wait that grows with each attempt, from 1, and gives back how to cancel it */
  constructor(
    send: (text: string) => void,
    pace: Pace,
    budget: Budget,
    later: (attempt: number, run: () => void) => () => void,
  ) {
    this.#send = send;
    this.#pace = pace;
    this.#budget = budget;
    this.#later = later;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** @param text the frame as it will be sent, with this id in it */
  add(id: string, text: string): Promise<Ack> {
    const waiting = this.#entries.get(id);
    if (waiting !== undefined) return waiting.promise;
    if (!this.#budget.take(text.length)) return unobserved(Promise.reject(new QueueFullError()));
    const entry = { ...deferred<Ack>(), text, sent: false, failures: 0 };
    this.#entries.set(id, entry);
    return entry.promise;
  }

  /** Sends what may be sent now. Call while the topic is joined only. */
  flush(): void {
    if (this.#cancelPause !== undefined) return;
    // One at a time while the server fails: it could refuse one and take the next, and their order would be lost.
    const inFlight = this.#failures > 0 ? 1 : this.#pace.inFlight;
    for (const entry of this.#entries.values()) {
      if (entry.sent) continue;
      if (this.#inFlight >= inFlight || !this.#pace.take()) return;
      entry.sent = true;
      this.#inFlight += 1;
      this.#send(entry.text);
    }
  }

  /** @returns whether this was one of its messages */
  acknowledge(ack: Ack): boolean {
    const entry = this.#remove(ack.id);
    if (entry === undefined) return false;
    this.#failures = 0;
    entry.resolve(ack);
    return true;
  }

  /** @returns whether this was one of its messages */
  refuse(id: string, error: ProtocolErrorPayload, topic: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    if (error.code === 'rate-limited') {
      this.#unsend(entry);
      this.#pace.limited(error.retryAfter);
    } else if (!this.#retries(entry, isForNow(error) ? 'internal' : error.code)) {
      this.#remove(id);
      entry.reject(new ProtocolError(error, topic));
    }
    return true;
  }

  /** The connection is gone; everything that waits for an ack is to be sent again. */
  rewind(): void {
    this.#endPause();
    // The next connection may be to a server that is well.
    this.#failures = 0;
    for (const entry of this.#entries.values()) {
      this.#unsend(entry);
      entry.failures = 0;
    }
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
    this.#endPause();
    this.#failures = 0;
    for (const [id, entry] of [...this.#entries]) {
      this.#remove(id);
      entry.reject(error);
    }
  }

  /** @returns whether the message will be sent again, with the id it has */
  #retries(entry: Entry, code: ErrorCode): boolean {
    const retries = RETRIES.get(code);
    if (retries === undefined) {
      // The server is well enough to say no.
      this.#failures = 0;
      return false;
    }
    entry.failures += 1;
    // What is refused during a pause was under way with the one that began it.
    const isPaused = this.#cancelPause !== undefined;
    if (!isPaused) this.#failures += 1;
    // Of many messages the later ones need not find out again, each for itself, that the server cannot.
    const failures = Math.max(entry.failures, this.#failures);
    if (failures > retries) return false;
    this.#unsend(entry);
    if (!isPaused) {
      this.#cancelPause = this.#later(failures, () => {
        this.#cancelPause = undefined;
        this.flush();
      });
    }
    return true;
  }

  #endPause(): void {
    this.#cancelPause?.();
    this.#cancelPause = undefined;
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
