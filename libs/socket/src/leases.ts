import type { Intent } from '@parley/allowances/contract';

/** What one connection was allowed, and until when (S6). Times are `performance.now()`. */
export class Leases {
  private readonly topics = new Map<string, Map<Intent, number>>();

  grant(topic: string, intent: Intent, until: number): void {
    const held = this.topics.get(topic);
    if (held === undefined) this.topics.set(topic, new Map([[intent, until]]));
    else held.set(intent, until);
  }

  /** 0 when nothing was granted. */
  until(topic: string, intent: Intent): number {
    return this.topics.get(topic)?.get(intent) ?? 0;
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
