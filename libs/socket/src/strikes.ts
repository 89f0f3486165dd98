/** Counts what must not happen too often: true with the strike that makes `limit` within `windowMs` (F3, L1). */
export class Strikes {
  private readonly times: number[] = [];

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  add(now: number): boolean {
    this.times.push(now);
    if (this.times.length > this.limit) this.times.shift();
    const [first = now] = this.times;
    return this.times.length === this.limit && now - first < this.windowMs;
  }
}
