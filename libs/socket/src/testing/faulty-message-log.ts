import type { Appended, NewMessage, StoredMessage } from '../ports';
import { MemoryMessageLog } from './memory-message-log';

/** Lets some other things happen first. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** What an append may do instead of what it should: not write at all, or write and not say so. */
export type Fault = 'refuse' | 'forget to answer';

/** A message log that takes its time, and at times fails before or after it has written. */
export class FaultyMessageLog extends MemoryMessageLog {
  /** Messages that were written, perhaps, in an append that did not say so, or was not heard. */
  readonly unanswered = new Set<string | undefined>();
  private readonly underWay = new Set<string | undefined>();
  private faults: Fault[] = [];
  private calls = 0;

  /** The next appends fail. */
  fail(count: number, fault: Fault): void {
    this.faults = Array.from({ length: count }, () => fault);
  }

  /** Whoever waited for an answer is gone. What is under way goes on. */
  abandon(): void {
    for (const id of this.underWay) this.unanswered.add(id);
  }

  override async append(batch: readonly NewMessage[]): Promise<readonly Appended[]> {
    for (const { id } of batch) this.underWay.add(id);
    try {
      return await this.write(batch);
    } finally {
      for (const { id } of batch) this.underWay.delete(id);
    }
  }

  private async write(batch: readonly NewMessage[]): Promise<readonly Appended[]> {
    await this.takeTime();
    const fault = this.faults.shift();
    if (fault === 'refuse') throw new Error('The database is away.');
    const appended = await super.append(batch);
    await this.takeTime();
    if (fault === undefined) return appended;
    for (const { id } of batch) this.unanswered.add(id);
    throw new Error('The connection to the database broke.');
  }

  override async page(
    topic: string,
    span: { before: number | undefined; limit: number },
  ): Promise<{ messages: StoredMessage[]; more: boolean }> {
    await this.takeTime();
    const page = await super.page(topic, span);
    await this.takeTime();
    return page;
  }

  /** Now more, now less. */
  private takeTime(): Promise<void> {
    this.calls += 1;
    return turns(this.calls % 4);
  }
}
