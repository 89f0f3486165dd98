import type { Clock } from '@parley/client';

/** Connections with one person that may be made one after the other: nobody comes and goes so often on purpose. */
const BURST = 20;

/** Milliseconds after which one more may be made. Chromium counts those that were closed, too, until it tidies up, and stops at 500. */
const REFILL_MS = 4_000;

/**
 * Counts the connections with one person, over all seats of theirs: each has a number of its own, and whatever they do, they
 * make others build only so many.
 */
export class MadeConnections {
  private last = 0;
  private free = BURST;
  private refilledAt: number;

  constructor(private readonly clock: Clock) {
    this.refilledAt = clock.now();
  }

  /** Milliseconds until one may be made; 0 for now. */
  wait(): number {
    this.refill();
    return this.free > 0 ? 0 : this.refilledAt + REFILL_MS - this.clock.now();
  }

  /** @returns the number of the one that is made now, from 1 */
  take(): number {
    this.refill();
    this.free = Math.max(0, this.free - 1);
    this.last += 1;
    return this.last;
  }

  private refill(): void {
    const now = this.clock.now();
    const more = Math.floor((now - this.refilledAt) / REFILL_MS);
    if (more <= 0) return;
    this.free = Math.min(BURST, this.free + more);
    this.refilledAt += more * REFILL_MS;
  }
}
