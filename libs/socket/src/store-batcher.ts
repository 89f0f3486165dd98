import { Inject, Injectable } from '@nestjs/common';
import { MessageLog, UnstorableBatch, type Appended, type NewMessage } from './ports';

/** Messages of one statement at most; past it the statement's own size costs more than a second round trip. */
const MAX_BATCH = 1_000;
/** Messages that may wait before senders are held back. */
const MAX_WAITING = 4_000;

/** Milliseconds before a failed statement is tried again, each time once; afterwards the senders are told. */
const RETRY_MS = [50, 250, 1_000];

/** Somebody who wants a message stored, and is told what became of it. Must not throw. */
export interface Storing {
  readonly wanted: NewMessage;
  /** It is committed. */
  stored(appended: Appended): void;
  notStored(error: unknown): void;
}

/**
 * Gathers what is to be stored and writes it in one statement a tick. While one statement is under way the next batch
 * grows, so the busier the server, the larger the batches. One at a time, so that a topic's messages keep their order.
 *
 * A statement that fails may have been committed all the same, when the connection broke before its answer. What has
 * an id is therefore tried again: a repeat writes nothing (P3), and whoever was not told of it yet is told then.
 */
@Injectable()
export class StoreBatcher {
  private waiting: Storing[] = [];
  private running: Promise<void> | undefined;
  private held: (() => void)[] = [];

  /** For the metrics: statements and messages so far. */
  readonly totals = { batches: 0, messages: 0 };

  constructor(@Inject(MessageLog) private readonly log: MessageLog) {}

  /** Resolves once the message is committed. */
  append(wanted: NewMessage): Promise<Appended> {
    return new Promise((stored, notStored) => {
      this.add({ wanted, stored, notStored });
    });
  }

  /** The same without a promise, which would be a good part of what a message costs. */
  add(storing: Storing): void {
    this.waiting.push(storing);
    this.running ??= this.run();
  }

  /** When so much waits that senders should wait too: resolves when there is room again. */
  get backlog(): Promise<void> | undefined {
    if (this.waiting.length < MAX_WAITING) return undefined;
    return new Promise((resolve) => this.held.push(resolve));
  }

  /** Resolves when nothing waits and nothing is under way. */
  get idle(): Promise<void> {
    return this.running ?? Promise.resolve();
  }

  private async run(): Promise<void> {
    await endOfTick();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MAX_BATCH);
      for (const release of this.held.splice(0)) release();
      await this.write(batch);
      // Whoever is told of the last batch may have more to store.
      if (this.waiting.length === 0) await endOfTick();
    }
    this.running = undefined;
  }

  private async write(batch: readonly Storing[], tries = 0): Promise<void> {
    try {
      const appended = await this.log.append(batch.map(({ wanted }) => wanted));
      this.totals.batches += 1;
      this.totals.messages += batch.length;
      // The next statement goes out first: the store works on it while the senders of this one are told.
      setImmediate(() => settle(batch, appended));
    } catch (error) {
      if (error instanceof UnstorableBatch) await this.divide(batch, error, tries);
      else await this.retry(batch, error, tries);
    }
  }

  /** One message that the store cannot hold must not take its neighbours with it. */
  private async divide(batch: readonly Storing[], error: UnstorableBatch, tries: number): Promise<void> {
    if (batch.length === 1) {
      for (const storing of batch) storing.notStored(error);
      return;
    }
    const half = Math.ceil(batch.length / 2);
    await this.write(batch.slice(0, half), tries);
    await this.write(batch.slice(half), tries);
  }

  private async retry(batch: readonly Storing[], error: unknown, tries: number): Promise<void> {
    const pause = RETRY_MS[tries];
    const again = pause === undefined ? [] : batch.filter(({ wanted }) => wanted.id !== undefined);
    for (const storing of batch) if (!again.includes(storing)) storing.notStored(error);
    if (again.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, pause));
    await this.write(again, tries + 1);
  }
}

function settle(batch: readonly Storing[], appended: readonly Appended[]): void {
  for (const [index, storing] of batch.entries()) {
    const one = appended[index];
    if (one === undefined)
      storing.notStored(new Error('The message log answered for fewer messages than it was given.'));
    else storing.stored(one);
  }
}

function endOfTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
