import type { Limits } from '@parley/protocol';
import type { BrokerMessage, Sequenced } from './broker';

export type WindowLimits = Pick<Limits, 'windowMessages' | 'windowMs' | 'windowBytes'>;

interface Kept extends Sequenced {
  readonly bytes: number;
  readonly at: number;
}

/** Evicted slots at the front from which on closing up is worth it; below, an idle topic would copy all the time. */
const CLOSE_UP = 64;

/**
 * The newest messages of one topic, for those who come back (H2): bounded by count, bytes and age. Times are
 * milliseconds of any steady clock. What is too old goes with the next look or message; until then the other two limits
 * hold.
 */
export class HistoryWindow {
  /** Ascending by offset without gaps; slots before `start` are empty. */
  private kept: (Kept | undefined)[] = [];
  private start = 0;
  private bytes = 0;

  constructor(private readonly limits: WindowLimits) {}

  get size(): number {
    return this.kept.length - this.start;
  }

  /** @param bytes what the message is as a frame on the wire */
  add(message: BrokerMessage, offset: number, bytes: number, now: number): void {
    this.kept.push({ message, offset, bytes, at: now });
    this.bytes += bytes;
    this.evict(now);
  }

  /** Everything behind `offset`, in order; undefined when part of it is gone. `last` is the topic's newest offset. */
  since(offset: number, last: number, now: number): readonly Sequenced[] | undefined {
    this.evict(now);
    const first = this.kept[this.start]?.offset ?? last + 1;
    if (offset > last || offset + 1 < first) return undefined;
    // Every slot from `start` on is filled.
    return this.kept.slice(this.start + offset + 1 - first) as Kept[];
  }

  private evict(now: number): void {
    const { windowMessages, windowBytes, windowMs } = this.limits;
    for (let oldest = this.kept[this.start]; oldest !== undefined; oldest = this.kept[this.start]) {
      if (this.size <= windowMessages && this.bytes <= windowBytes && now - oldest.at <= windowMs) break;
      this.bytes -= oldest.bytes;
      // Let go at once: the slot itself may stay for a while.
      this.kept[this.start] = undefined;
      this.start += 1;
    }
    // At least half is empty, so each message is moved once on average.
    if (this.start >= CLOSE_UP && this.start >= this.size) {
      this.kept = this.kept.slice(this.start);
      this.start = 0;
    }
  }
}
