/** So many a second, and so many at once after a pause. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Counts what may be sent. Times are milliseconds of one clock. */
export class TokenBucket {
  readonly #burst: number;
  #perSecond: number;
  #tokens: number;
  #countedAt: number;

  constructor({ perSecond, burst }: Rate, now: number) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
    this.#countedAt = now;
  }

  /** Whether there was a token; if so, it is taken. */
  take(now: number): boolean {
    this.#count(now);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Milliseconds until there is a token. */
  wait(now: number): number {
    this.#count(now);
    return Math.max(0, ((1 - this.#tokens) / this.#perSecond) * 1000);
  }

  /** From now on this fast, with so many tokens left. */
  restart(perSecond: number, tokens: number, now: number): void {
    this.#perSecond = perSecond;
    this.#tokens = Math.min(tokens, this.#burst);
    this.#countedAt = now;
  }

  /** From now on this fast. */
  change(perSecond: number, now: number): void {
    this.#count(now);
    this.#perSecond = perSecond;
  }

  #count(now: number): void {
    const gained = (Math.max(0, now - this.#countedAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#countedAt = now;
  }
}
