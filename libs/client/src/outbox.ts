import type { Ack, Json, ProtocolErrorPayload } from '@parley/protocol';
import { Subject } from 'rxjs';
import type { Budget } from './budget';
import { deferred, unobserved, type Deferred } from './deferred';
import { ProtocolError, QueueFullError, isForNow } from './errors';
import type { KeptMessage } from './message-keep';
import type { Pace } from './pace';

/** What of a stored message is shown, and kept, until it is acknowledged. */
export type Waiting = Omit<KeptMessage, 'topic' | 'failure'>;

/** A {@link Waiting} message that the server refused for good, or for which there was no room. */
export interface Failed extends Waiting {
  readonly failure: Error;
  /** Outlives the page. */
  readonly kept: boolean;
}

/** Where the stored messages of one topic outlive the page. */
export interface TopicKeep {
  /** @returns whether it is kept */
  add(message: Omit<KeptMessage, 'topic'>): boolean;
  remove(id: string): void;
}

export interface Draft {
  readonly id: string;
  /** The frame as it will be sent, with this id in it. */
  readonly text: string;
  /** For a stored message. */
  readonly stored?: { readonly action: string; readonly payload: Json; readonly at: number };
}

interface Entry extends Deferred<Ack> {
  readonly text: string;
  readonly waiting: Waiting | undefined;
  /** Outlives the page. */
  kept: boolean;
  sent: boolean;
  /** How often the server failed at it on this connection. */
  failures: number;
}

/**
 * How often a message is sent again that the server failed at without saying that it may do better later: it may be this
 * message that it fails at. With the default backoff that takes half a minute, on average.
 */
const RETRIES = 6;

/** Runs something after a wait that grows with each attempt, from 1, and is at least so many milliseconds. */
export type Later = (attempt: number, run: () => void, least?: number) => () => void;

/** Refused messages of one topic that are shown until they are discarded; the oldest make room. */
const FAILED = 50;

/**
 * The messages of one topic that the server has not acknowledged, in the order in which they were given. On every
 * connection they are sent from the oldest on, each with the id it has; the server recognises repeats (P3).
 */
export class Outbox {
  /** The stored messages that wait, or failed, are others now. */
  readonly changed = new Subject<void>();
  readonly #send: (text: string) => void;
  readonly #pace: Pace;
  readonly #budget: Budget;
  readonly #keep: TopicKeep;
  readonly #later: Later;
  /** By id; a Map keeps the order. */
  readonly #entries = new Map<string, Entry>();
  /** The stored messages that wait or failed, by id, in the order in which they were given. */
  readonly #listed = new Map<string, Waiting | Failed>();
  #inFlight = 0;
  /** Times in a row that the server failed, whichever message it was; an ack ends the row. */
  #failures = 0;
  /** The server took something on this connection. */
  #isTaking = false;
  /** There while nothing is sent because the server failed. */
  #cancelPause: (() => void) | undefined;

  constructor(send: (text: string) => void, pace: Pace, budget: Budget, keep: TopicKeep, later: Later) {
    this.#send = send;
    this.#pace = pace;
    this.#budget = budget;
    this.#keep = keep;
    this.#later = later;
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** The stored messages that wait or failed, in the order in which they were given. */
  list(): readonly (Waiting | Failed)[] {
    return [...this.#listed.values()];
  }

  add({ id, text, stored }: Draft): Promise<Ack> {
    const known = this.#entries.get(id);
    if (known !== undefined) return known.promise;
    // A message that is tried again stays where it is shown.
    const waiting = stored === undefined ? undefined : { id, ...stored, at: this.#listed.get(id)?.at ?? stored.at };
    const entry = this.#put(id, text, waiting);
    if (entry === undefined) {
      const error = new QueueFullError();
      this.fail(waiting, error);
      return unobserved(Promise.reject(error));
    }
    if (waiting !== undefined) entry.kept = this.#keep.add(waiting);
    return entry.promise;
  }

  /** Goes on with what an earlier page left. */
  takeUp(message: KeptMessage, text: string): void {
    const { id, action, payload, at, failure } = message;
    if (this.#listed.has(id)) return;
    const waiting = { id, action, payload, at };
    if (failure === undefined) {
      const entry = this.#put(id, text, waiting);
      if (entry !== undefined) entry.kept = true;
      return;
    }
    this.#show({ ...waiting, failure: new ProtocolError(failure, message.topic), kept: true });
  }

  /** Keeps what was given before it was known whose it is. */
  keepAll(): void {
    for (const entry of this.#entries.values()) {
      if (!entry.kept && entry.waiting !== undefined) entry.kept = this.#keep.add(entry.waiting);
    }
  }

  /** Gives up on what was kept and no longer is: its user signed out elsewhere on this page. */
  dropUnkept(kept: ReadonlySet<string>, error: Error): void {
    const before = this.#listed.size;
    for (const { id, kept: wasKept } of this.#failed) if (wasKept && !kept.has(id)) this.#listed.delete(id);
    for (const [id, entry] of [...this.#entries]) {
      if (!entry.kept || kept.has(id)) continue;
      this.#remove(id);
      this.#listed.delete(id);
      entry.reject(error);
    }
    if (this.#listed.size !== before) this.changed.next();
  }

  /** Sends what may be sent now. Call while the topic is joined only. */
  flush(): void {
    if (this.#cancelPause !== undefined) return;
    // One at a time while the server fails, and until it took the first: it could refuse one and take the next, and
    // their order would be lost.
    const inFlight = this.#failures > 0 || !this.#isTaking ? 1 : this.#pace.inFlight;
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
    this.#isTaking = true;
    if (entry.kept) this.#keep.remove(ack.id);
    if (this.#listed.delete(ack.id)) this.changed.next();
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
    } else if (!this.#retries(entry, error)) {
      this.#giveUp(id, entry, new ProtocolError(error, topic));
    }
    return true;
  }

  /** Shows that a stored message did not get there. */
  fail(waiting: Waiting | undefined, failure: Error): void {
    if (waiting === undefined) return;
    const kept = failure instanceof ProtocolError && this.#keep.add({ ...waiting, failure: reasonOf(failure) });
    this.#show({ ...waiting, failure, kept });
  }

  /** Forgets a failed message. @returns whether there was one */
  discard(id: string): boolean {
    if (this.#entries.has(id) || !this.#listed.delete(id)) return false;
    this.#keep.remove(id);
    this.changed.next();
    return true;
  }

  /** Shows no failed message any more; those that are kept come back with the next page. */
  forgetFailed(): void {
    for (const { id } of this.#failed) this.#listed.delete(id);
    this.changed.next();
  }

  /** The connection is gone; everything that waits for an ack is to be sent again. */
  rewind(): void {
    this.#endPause();
    // The next connection may be to a server that is well.
    this.#failures = 0;
    this.#isTaking = false;
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
      if (entry.sent && entry.text.length === characters) this.#giveUp(id, entry, error);
    }
  }

  /** Nothing of this topic may be sent any more: it is shown as failed, and does not outlive the page. */
  rejectAll(error: Error): void {
    for (const failed of this.#failed) {
      this.#keep.remove(failed.id);
      this.#listed.set(failed.id, { ...failed, kept: false });
    }
    this.#drop(error, ({ waiting }) => {
      if (waiting !== undefined) this.#keep.remove(waiting.id);
      return 'failed';
    });
  }

  /**
   * There is no connection any more. What is kept can go out later, as the same user; the rest failed.
   *
   * @param all nothing stays, and nothing is shown: the client was told to end, or is somebody else's now
   */
  stop(error: Error, all: boolean): void {
    if (all) this.forgetFailed();
    this.#drop(error, ({ kept }) => (all ? 'gone' : kept ? 'waits' : 'failed'));
  }

  #drop(error: Error, outcome: (entry: Entry) => 'waits' | 'failed' | 'gone'): void {
    this.#endPause();
    this.#failures = 0;
    for (const [id, entry] of [...this.#entries]) {
      const becomes = outcome(entry);
      if (becomes === 'waits') continue;
      this.#remove(id);
      if (becomes === 'gone') this.#listed.delete(id);
      else if (entry.waiting !== undefined) this.#show({ ...entry.waiting, failure: error, kept: false });
      entry.reject(error);
    }
    this.changed.next();
  }

  #put(id: string, text: string, waiting: Waiting | undefined): Entry | undefined {
    if (!this.#budget.take(text.length)) return undefined;
    const entry = { ...deferred<Ack>(), text, waiting, kept: false, sent: false, failures: 0 };
    this.#entries.set(id, entry);
    if (waiting !== undefined) {
      this.#listed.set(id, waiting);
      this.changed.next();
    }
    return entry;
  }

  get #failed(): Failed[] {
    return this.list().filter((each) => 'failure' in each);
  }

  #show(failed: Failed): void {
    this.#listed.set(failed.id, failed);
    const { length, 0: oldest } = this.#failed;
    if (length > FAILED && oldest !== undefined) this.discard(oldest.id);
    this.changed.next();
  }

  #giveUp(id: string, entry: Entry, error: Error): void {
    this.#remove(id);
    this.fail(entry.waiting, error);
    entry.reject(error);
  }

  /** @returns whether the message will be sent again, with the id it has */
  #retries(entry: Entry, error: ProtocolErrorPayload): boolean {
    const retries = isForNow(error) ? Infinity : RETRIES;
    if (!isForNow(error) && error.code !== 'internal') {
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
      const flush = () => {
        this.#cancelPause = undefined;
        this.flush();
      };
      this.#cancelPause = this.#later(failures, flush, error.retryAfter);
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

function reasonOf({ code, message }: ProtocolError): KeptMessage['failure'] {
  return { code, message };
}
