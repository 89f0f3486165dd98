import type { Limits } from '@parley/protocol';
import type { Kept } from './broker';

export type WindowLimits = Pick<Limits, 'windowMessages' | 'windowMs' | 'windowBytes'>;

interface Timed extends Kept {
  readonly at: number;
}

/** Evicted slots at the front from which on closing up is worth it; below, an idle topic would copy all the time. */
const CLOSE_UP = 64;

/**
 * The newest messages of one topic, for those who come back (H2): bounded by count, bytes and age. Times are
 * milliseconds of any steady clock.
 */
export class HistoryWindow {
  /** Ascending by offset without gaps; slots before `start` are empty. */
  private kept: (Timed | undefined)[] = [];
  private start = 0;
  private total = 0;

  constructor(private readonly limits: WindowLimits) {}

  get size(): number {
    return this.kept.length - this.start;
  }

  /** Of all texts, in UTF-8. */
  get bytes(): number {
    return this.total;
  }

  add(text: string, offset: number, now: number): void {
    const bytes = Buffer.byteLength(text);
    this.kept.push({ text, bytes, offset, at: now });
    this.total += bytes;
    this.evict(now);
  }

  /** Everything behind `offset`, in order; undefined when part of it is gone. `last` is the topic's newest offset. */
  since(offset: number, last: number, now: number): readonly Kept[] | undefined {
    this.evict(now);
    const first = this.kept[this.start]?.offset ?? last + 1;
    if (offset > last || offset + 1 < first) return undefined;
    // Every slot from `start` on is filled.
    return this.kept.slice(this.start + offset + 1 - first) as Timed[];
  }

  /** Lets go of everything: who comes back now has to load pages. */
  clear(): void {
    this.kept = [];
    this.start = 0;
    this.total = 0;
  }

  /** Lets go of what is too old, or too much. */
  evict(now: number): void {
    const { windowMessages, windowBytes, windowMs } = this.limits;
    for (let oldest = this.kept[this.start]; oldest !== undefined; oldest = this.kept[this.start]) {
      if (this.size <= windowMessages && this.total <= windowBytes && now - oldest.at <= windowMs) break;
      this.total -= oldest.bytes;
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
