/** What becomes of a message on its way: the index of the one that arrives next, and whether it stays to come again. */
export interface Fate {
  readonly kind: 'deliver' | 'lose' | 'double';
  readonly which: number;
}

/** A way on which messages wait until something is done with one of them, in any order. */
export class UnsureWay<M> {
  private waiting: M[] = [];

  constructor(private readonly arrive: (message: M) => void) {}

  get size(): number {
    return this.waiting.length;
  }

  put(message: M): void {
    // Messages are JSON on their way: what the sender changes later must not change them.
    this.waiting.push(structuredClone(message));
  }

  happen({ kind, which }: Fate): void {
    const index = this.waiting.length === 0 ? -1 : which % this.waiting.length;
    const message = this.waiting[index];
    if (message === undefined) return;
    if (kind !== 'double') this.waiting.splice(index, 1);
    if (kind !== 'lose') this.arrive(structuredClone(message));
  }

  /** All of them, in their order. */
  deliverAll(): void {
    for (const message of this.waiting.splice(0)) this.arrive(message);
  }
}
