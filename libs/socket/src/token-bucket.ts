/** Lets bursts through and holds the mean (L1). Times are milliseconds of any steady clock. */
export class TokenBucket {
  private tokens: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private refilled: number,
  ) {
    this.tokens = burst;
  }

  /** Takes one token: 0 when there was one, else the milliseconds until there is. */
  take(now: number): number {
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.refilled) * this.perSecond) / 1000);
    this.refilled = now;
    if (this.tokens >= 1) {
      this.tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.tokens) * 1000) / this.perSecond);
  }

  /** Takes tokens whether they are there or not; what is missing has to come in before the next is taken. */
  owe(tokens: number): void {
    this.tokens -= tokens;
  }
}
