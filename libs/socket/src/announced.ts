/** Holes remembered at most; an older one counts as announced. */
const LIMIT = 1_000;

/**
 * Which stored messages of a topic have reached everyone who is subscribed: those that were there before anyone could
 * subscribe, since the pages have them (H1), and those that were broadcast since. Any other was committed without this
 * engine knowing, by a statement whose answer was lost, or by a process that was killed meanwhile. When its sender sends
 * it again, nobody has been told of it yet.
 */
export class Announced {
  /** Below `newest` and not announced. */
  private readonly holes = new Set<number>();

  /** @param newest the `seq` of the last message before anyone could subscribe, 0 when there was none or it is not known */
  constructor(private newest: number) {}

  has(seq: number): boolean {
    return seq <= this.newest && !this.holes.has(seq);
  }

  add(seq: number): void {
    this.holes.delete(seq);
    for (let hole = Math.max(this.newest + 1, seq - LIMIT); hole < seq; hole += 1) this.holes.add(hole);
    this.newest = Math.max(this.newest, seq);
    for (const hole of this.holes) {
      if (this.holes.size <= LIMIT) return;
      this.holes.delete(hole);
    }
  }
}
