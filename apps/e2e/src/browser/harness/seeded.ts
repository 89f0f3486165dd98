/** Numbers that come again with the same seed, to repeat what was found once. */
export class Seeded {
  private state: number;

  /** @param seed a whole number of 32 bits */
  constructor(readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 (inclusive) to 1: an xorshift whose start is mixed, so that neighbouring seeds are strangers. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True once in so many times. */
  once(inSoMany: number): boolean {
    return this.next() < 1 / inSoMany;
  }

  /** @throws Error when there is nothing to pick */
  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.next() * from.length)];
    if (picked === undefined) throw new Error('There is nothing to pick.');
    return picked;
  }
}
