/** Messages remembered at most, over all users of a topic. */
const LIMIT = 1_000;

/**
 * Messages whose sender was told that they were not stored, although the store may have committed them before its
 * connection broke. Should the sender's retry find one of them written, nobody has been told of it yet.
 */
export class Doubts {
  /** The times of all tries of a message: whichever was written names itself by its time. */
  private readonly tries = new Map<string, number[]>();

  add(userId: string, id: string, timestamp: Date): void {
    const key = `${userId} ${id}`;
    const times = this.tries.get(key);
    if (times !== undefined) {
      times.push(timestamp.getTime());
      return;
    }
    const [oldest] = this.tries.keys();
    if (this.tries.size >= LIMIT && oldest !== undefined) this.tries.delete(oldest);
    this.tries.set(key, [timestamp.getTime()]);
  }

  /** Whether what the store holds under this id is what failed here; it is then forgotten. */
  settle(userId: string, id: string, timestamp: Date): boolean {
    const key = `${userId} ${id}`;
    if (this.tries.get(key)?.includes(timestamp.getTime()) !== true) return false;
    return this.tries.delete(key);
  }
}
