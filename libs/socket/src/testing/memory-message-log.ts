import { MessageLog, UnstorableBatch, type Appended, type NewMessage, type StoredMessage } from '../ports';

/** A message log in memory, for tests: the same answers as a real one, and switches for what can go wrong. */
export class MemoryMessageLog extends MessageLog {
  readonly messages: StoredMessage[] = [];
  /** How many messages each batch had. */
  readonly batches: number[] = [];
  /** Set to make every append fail, as when the database is away. */
  failure: Error | undefined;
  /** Messages with this action cannot be stored. */
  unstorable: string | undefined;
  /** Awaited before each append, to hold a batch back. */
  gate: Promise<void> = Promise.resolve();

  async append(batch: readonly NewMessage[]): Promise<readonly Appended[]> {
    this.batches.push(batch.length);
    await this.gate;
    if (this.failure !== undefined) throw this.failure;
    if (batch.some(({ action }) => action === this.unstorable)) throw new UnstorableBatch('cannot be stored');
    return batch.map((message) => this.appendOne(message));
  }

  page(
    topic: string,
    { before, limit }: { before: number | undefined; limit: number },
  ): Promise<{ messages: StoredMessage[]; more: boolean }> {
    const below = this.messages.filter((message) => message.topic === topic && message.seq < (before ?? Infinity));
    return Promise.resolve({ messages: below.slice(-limit), more: below.length > limit });
  }

  async newest(topic: string): Promise<number> {
    const { messages } = await this.page(topic, { before: undefined, limit: 1 });
    return messages.at(-1)?.seq ?? 0;
  }

  private appendOne(message: NewMessage): Appended {
    const ofTopic = this.messages.filter(({ topic }) => topic === message.topic);
    const first = ofTopic.find(({ id, userId }) => id !== undefined && id === message.id && userId === message.userId);
    if (first !== undefined) return { seq: first.seq, timestamp: first.timestamp, repeated: true };
    const seq = ofTopic.length + 1;
    this.messages.push({ ...message, seq });
    return { seq, timestamp: message.timestamp, repeated: false };
  }
}
