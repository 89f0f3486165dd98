import type { Intent } from '@parley/allowances/contract';

/** What one connection was allowed in one topic, and until when; 0 for what was not. */
type Held = Record<Intent, number>;

const NONE: readonly string[] = [];

/** What one connection was allowed, and until when (S6). Times are `performance.now()`. */
export class Leases {
  /** Not later than the first lease to subscribe runs out. */
  private firstEnd = Infinity;
  private readonly topics = new Map<string, Held>();

  grant(topic: string, intent: Intent, until: number): void {
    if (intent === 'subscribe') this.firstEnd = Math.min(this.firstEnd, until);
    const held = this.topics.get(topic) ?? { subscribe: 0, publish: 0, store: 0 };
    held[intent] = until;
    this.topics.set(topic, held);
  }

  /** 0 when nothing was granted. */
  until(topic: string, intent: Intent): number {
    return this.topics.get(topic)?.[intent] ?? 0;
  }

  /**
   * Those of the subscriptions for which the lease runs out until then, or is over.
   *
   * @param subscriptions by their topics; nothing has to be subscribed to without a lease
   */
  endingUntil(due: number, subscriptions: ReadonlyMap<string, unknown>): readonly string[] {
    if (this.firstEnd > due) return NONE;
    this.firstEnd = Infinity;
    // Whoever was let in and is not subscribed yet will be.
    for (const { subscribe } of this.topics.values()) {
      if (subscribe > 0) this.firstEnd = Math.min(this.firstEnd, subscribe);
    }
    const ending: string[] = [];
    for (const topic of subscriptions.keys()) {
      const until = this.until(topic, 'subscribe');
      this.firstEnd = Math.min(this.firstEnd, until);
      if (until <= due) ending.push(topic);
    }
    return ending;
  }

  /** The topic was left. */
  drop(topic: string): void {
    this.topics.delete(topic);
  }

  /** What was allowed in these topics may be allowed no longer. */
  end(concerned: (topic: string) => boolean): void {
    for (const topic of this.topics.keys()) {
      if (!concerned(topic)) continue;
      this.topics.delete(topic);
      this.firstEnd = 0;
    }
  }
}
