import type { MessagePage, Position, ServerFrame, Subscribed } from '@parley/protocol';
import { asError } from './as-error';
import { Recent } from './recent';

/** Messages published shortly before joining may be stored under an earlier time than the join; milliseconds. */
const JOIN_MARGIN_MS = 2_000;

export interface FeedEvents {
  /** A message, each once and in order. */
  message(frame: ServerFrame): void;
  /** Asks for a page of stored messages; fails when the connection does. */
  load(before: number | undefined): Promise<MessagePage>;
  /** The missed messages could not be loaded, so the live ones go on without them. */
  failed(error: Error): void;
  /** Runs something after a wait that grows with each attempt, from 1. @returns takes it back */
  later(attempt: number, run: () => void): () => void;
}

/** Attempts at one page of missed messages before live messages go on without them. */
const LOAD_ATTEMPTS = 6;

/**
 * Turns what arrives for one topic, over all its connections, into one stream: each message once, stored ones without a
 * hole. Where the server could not replay what was missed, or a live message shows that one before it never came, it
 * loads the stored messages down to the last known one and emits them before what is new (H2, H3).
 */
export class Feed {
  readonly #events: FeedEvents;
  #position: Position | undefined;
  /** ISO time of the server at which the topic was first joined. */
  #joinedAt = 0;
  #lastSeq: number | undefined;
  readonly #seenSeqs = new Recent<number>(4_096);
  /** Live messages that must wait until the missed ones were emitted; undefined where some are missing, unreplayed. */
  #held: (ServerFrame | undefined)[] = [];
  #behind = false;
  /** The live message before which something is missing. It goes on after one loading, whatever that brought. */
  #afterHole: ServerFrame | undefined;
  /** Each loading of missed messages has its own, so that an abandoned one recognises itself. */
  #catchUp = Symbol();
  #cancelRetry: () => void = () => undefined;

  constructor(events: FeedEvents) {
    this.#events = events;
  }

  /** What to name in `subscribe`, so that the server may replay what was missed (H2). */
  get since(): Position | undefined {
    return this.#position;
  }

  joined({ epoch, offset, recovered }: Subscribed, timestamp: string): void {
    const before = this.#position;
    const missedNothing = before?.epoch === epoch && before.offset === offset;
    // What is replayed comes after this answer, with the offsets that it had.
    if (recovered && before?.epoch === epoch) {
      if (this.#behind) this.#loadMissed();
      return;
    }
    this.#position = { epoch, offset };
    if (before === undefined) this.#joinedAt = Date.parse(timestamp);
    else if (!missedNothing) {
      this.#behind = true;
      if (this.#held.length === 0 || this.#held.at(-1) !== undefined) this.#held.push(undefined);
    }
    if (this.#behind) this.#loadMissed();
  }

  receive(frame: ServerFrame): void {
    const { offset } = frame;
    // Volatile and directed ones have no place in the order (P4, P5).
    if (offset === undefined) {
      this.#events.message(frame);
      return;
    }
    const position = this.#position;
    // Left over from a subscription that ended, or seen before the connection was lost.
    if (position === undefined || offset <= position.offset) return;
    this.#position = { epoch: position.epoch, offset };
    if (this.#behind) {
      this.#held.push(frame);
    } else if (this.#isAfterHole(frame)) {
      this.#behind = true;
      this.#held.push(frame);
      this.#fillHole(frame);
    } else {
      this.#emit(frame);
    }
  }

  lost(): void {
    this.#abandonCatchUp();
  }

  /** Nobody observes any more; whoever comes next starts anew. */
  reset(): void {
    this.#abandonCatchUp();
    this.#position = undefined;
    this.#lastSeq = undefined;
    this.#seenSeqs.clear();
    this.#held = [];
    this.#behind = false;
    this.#afterHole = undefined;
  }

  #emit(frame: ServerFrame): void {
    const { seq } = frame;
    if (seq !== undefined) {
      if (!this.#seenSeqs.add(seq)) return;
      this.#lastSeq = Math.max(this.#lastSeq ?? 0, seq);
    }
    this.#events.message(frame);
  }

  /** Stored messages have no gaps in their `seq`, so one was stored and never reached us. */
  #isAfterHole({ seq }: ServerFrame): boolean {
    return seq !== undefined && this.#lastSeq !== undefined && seq > this.#lastSeq + 1;
  }

  #fillHole(frame: ServerFrame): void {
    this.#afterHole = frame;
    this.#loadMissed();
  }

  #abandonCatchUp(): void {
    this.#catchUp = Symbol();
    this.#cancelRetry();
  }

  #loadMissed(): void {
    this.#abandonCatchUp();
    const catchUp = this.#catchUp;
    this.#load(catchUp, [], 1);
  }

  /** @param missed what was loaded so far, ascending */
  #load(catchUp: symbol, missed: readonly ServerFrame[], attempt: number): void {
    this.#events.load(missed[0]?.seq).then(
      (page) => {
        if (catchUp !== this.#catchUp) return;
        const fresh = page.messages.filter((frame) => this.#isMissed(frame));
        const all = [...fresh, ...missed];
        if (page.more && fresh.length > 0 && fresh.length === page.messages.length) this.#load(catchUp, all, 1);
        else this.#goOn(catchUp, all);
      },
      (error: unknown) => {
        // With the connection gone, the next one takes it up again.
        if (catchUp !== this.#catchUp) return;
        if (attempt < LOAD_ATTEMPTS) {
          this.#cancelRetry = this.#events.later(attempt, () => this.#load(catchUp, missed, attempt + 1));
          return;
        }
        this.#events.failed(asError(error));
        // Whoever waits already has waited long enough.
        this.#afterHole = this.#held.find((frame) => frame?.seq !== undefined);
        this.#goOn(catchUp, missed);
      },
    );
  }

  /** Without a stored message seen so far, those count as missed that came after the topic was joined. */
  #isMissed({ seq, timestamp }: ServerFrame): boolean {
    if (seq === undefined) return false;
    if (this.#lastSeq !== undefined) return seq > this.#lastSeq;
    return Date.parse(timestamp) >= this.#joinedAt - JOIN_MARGIN_MS;
  }

  /** @param missed ascending; what of it came live, too, keeps its place among the live ones (P6) */
  #goOn(catchUp: symbol, missed: readonly ServerFrame[]): void {
    const rest = [...missed];
    // An observer may have been the last one, and may have left.
    const isOver = () => catchUp !== this.#catchUp && this.#position === undefined;
    while (this.#held.length > 0) {
      const [frame] = this.#held;
      for (let [before] = rest; before !== undefined && this.#goesFirst(before); [before] = rest) {
        rest.shift();
        this.#emit(before);
        if (isOver()) return;
      }
      // It came after the page was made.
      if (frame !== undefined && this.#isAfterHole(frame) && frame !== this.#afterHole) {
        this.#fillHole(frame);
        return;
      }
      this.#held.shift();
      if (frame !== undefined) this.#emit(frame);
      if (isOver()) return;
    }
    this.#behind = false;
    this.#afterHole = undefined;
    for (const frame of rest) {
      this.#emit(frame);
      if (isOver()) return;
    }
  }

  /** Whether a missed message comes before the first that is held, or into the gap that is there. */
  #goesFirst({ seq = 0, timestamp }: ServerFrame): boolean {
    const [first, second] = this.#held;
    if (first !== undefined) return seq < (first.seq ?? 0);
    // Only stored ones have a `seq`; of the others the server's time says what they came after.
    const nextSeq = this.#held.find((frame) => frame?.seq !== undefined)?.seq ?? Infinity;
    return seq < nextSeq && (second === undefined || timestamp <= second.timestamp);
  }
}
