import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config';
import { tooMany } from '../http/problem.exception';

const MINUTE_MS = 60_000;
/** This part of a minute's tickets may be asked for at once: several windows that come back together. */
const BURST_PART = 4;
/** Sessions remembered before those are forgotten that have all their tickets again. */
const SWEEP_AT = 10_000;

/** Bounds how often one session gets a ticket from this node: each is a row in the database (T1). */
@Injectable()
export class TicketPace {
  private readonly intervalMs: number;
  private readonly burstMs: number;
  /** When each session will have all its tickets again, in milliseconds of `performance.now()`. */
  private readonly fullAgain = new Map<string, number>();
  private sweepAt = SWEEP_AT;

  constructor(@Inject(CONFIG) { ticketsPerMinute }: Pick<Config, 'ticketsPerMinute'>) {
    this.intervalMs = MINUTE_MS / ticketsPerMinute;
    this.burstMs = Math.ceil(ticketsPerMinute / BURST_PART) * this.intervalMs;
  }

  /** @throws ProblemException 429 with Retry-After */
  take(sid: string, now = performance.now()): void {
    const wait = this.tryTake(sid, now);
    if (wait > 0) throw tooMany('Too many connections at once. Try again in a moment.', wait);
  }

  /** @returns 0, or the milliseconds until there is one: then none was taken */
  tryTake(sid: string, now = performance.now()): number {
    const fullAgain = Math.max(this.fullAgain.get(sid) ?? 0, now) + this.intervalMs;
    const wait = fullAgain - now - this.burstMs;
    // A little tolerance: these are sums of fractions.
    if (wait > 0.001) return wait;
    this.fullAgain.set(sid, fullAgain);
    if (this.fullAgain.size > this.sweepAt) this.sweep(now);
    return 0;
  }

  private sweep(now: number): void {
    for (const [sid, fullAgain] of this.fullAgain) if (fullAgain <= now) this.fullAgain.delete(sid);
    this.sweepAt = Math.max(SWEEP_AT, this.fullAgain.size * 2);
  }
}
