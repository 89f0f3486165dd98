import type { Topic } from '@parley/protocol';
import type { AllowanceChange } from './ports';

interface Pending {
  readonly change: AllowanceChange;
  readonly over: Promise<undefined>;
}

/** Whether a change is about this user in this topic. */
export function concerns(change: AllowanceChange, topic: Topic, userId: string): boolean {
  return (
    topic.id === change.id &&
    topic.namespace === change.namespace &&
    (change.userId === undefined || change.userId === userId)
  );
}

/** The same by a topic's name, for everyone. Without taking the name apart: a change may be compared with very many. */
export function concernsTopic({ namespace, id }: AllowanceChange, topicName: string): boolean {
  return topicName.startsWith(`${namespace}/`) && topicName.endsWith(`:${id}`);
}

/** Changes of allowances that are being made at this moment: whoever wants to ask a guard about them waits. */
export class PendingChanges {
  private readonly pending = new Set<Pending>();

  /** @returns says that it is made, or was given up */
  begin(change: AllowanceChange): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const pending = { change, over: promise };
    this.pending.add(pending);
    return () => {
      this.pending.delete(pending);
      resolve(undefined);
    };
  }

  /** Resolves when no change that concerns this user in this topic is being made any more; undefined when that is so already. */
  settled(topic: Topic, userId: string): Promise<void> | undefined {
    return this.find(topic, userId) === undefined ? undefined : this.over(topic, userId);
  }

  private async over(topic: Topic, userId: string): Promise<void> {
    for (let found = this.find(topic, userId); found !== undefined; found = this.find(topic, userId)) await found.over;
  }

  private find(topic: Topic, userId: string): Pending | undefined {
    for (const each of this.pending) if (concerns(each.change, topic, userId)) return each;
    return undefined;
  }
}
