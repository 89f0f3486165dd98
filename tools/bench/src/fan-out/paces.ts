/** How far each of several readers is, and how far all of them are. */
export class Paces {
  private readonly counts: number[];
  private slowest = 0;

  constructor(readers: number) {
    this.counts = Array<number>(readers).fill(0);
  }

  /** One reader has one more. @returns how many more all of them have by that: none, or one */
  advance(reader: number): number {
    const count = this.counts[reader] ?? 0;
    this.counts[reader] = count + 1;
    if (count > this.slowest) return 0;
    const slowest = Math.min(...this.counts);
    const more = slowest - this.slowest;
    this.slowest = slowest;
    return more;
  }
}
