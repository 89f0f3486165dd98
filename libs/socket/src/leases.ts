import type { Intent } from '@parley/allowances/contract';

/** What one connection was allowed in one topic, and until when; 0 for what was not. */
type Held = Record<Intent, number>;

/** What one connection was allowed, and until when (S6). Times are `performance.now()`. */
export class Leases {
  private readonly topics = new Map<string, Held>();

  grant(topic: string, intent: Intent, until: number): void {
    const held = this.topics.get(topic) ?? { subscribe: 0, publish: 0, store: 0 };
    held[intent] = until;
    this.topics.set(topic, held);
  }

  /** 0 when nothing was granted. */
  until(topic: string, intent: Intent): number {
    return this.topics.get(topic)?.[intent] ?? 0;
  }

  /** The topic was left. */
  drop(topic: string): void {
    this.topics.delete(topic);
  }

  /** What was allowed in these topics may be allowed no longer. */
  end(concerned: (topic: string) => boolean): void {
    for (const topic of this.topics.keys()) if (concerned(topic)) this.topics.delete(topic);
  }
}
