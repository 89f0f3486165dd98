/**
 * Whose file is looked at next. One of a user at a time, and users take turns: somebody's many files keep nobody
 * waiting for more than one of them.
 */
export class InspectionTurns {
  /** Of everybody who has or waits for a turn, whoever waits longest first: what begins their turns. */
  private readonly lines = new Map<string, (() => void)[]>();
  private readonly having = new Set<string>();

  /** @param atOnce turns at the same time */
  constructor(private readonly atOnce: number) {}

  /** Resolves when it is this user's turn, until they give it back. */
  take(userId: string): Promise<void> {
    return new Promise((resolve) => {
      const line = this.lines.get(userId) ?? [];
      line.push(resolve);
      this.lines.set(userId, line);
      this.begin();
    });
  }

  give(userId: string): void {
    const line = this.lines.get(userId) ?? [];
    this.having.delete(userId);
    this.lines.delete(userId);
    if (line.length > 0) this.lines.set(userId, line);
    this.begin();
  }

  private begin(): void {
    for (const [userId, line] of this.lines) {
      if (this.having.size >= this.atOnce) return;
      if (this.having.has(userId)) continue;
      this.having.add(userId);
      line.shift()?.();
    }
  }
}
