import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { MessageLog, UnstorableBatch, type Appended, type NewMessage } from './ports';

/** Messages of one statement at most; past it the statement's own size costs more than a second round trip. */
const MAX_BATCH = 1_000;
/** Messages that may wait before senders are held back. */
const MAX_WAITING = 4_000;

interface Waiting {
  readonly message: NewMessage;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers what is to be stored and writes it in one statement a tick. While one statement is under way the next batch
 * grows, so the busier the server, the larger the batches. One at a time, so that a topic's messages keep their order.
 */
@Injectable()
export class StoreBatcher implements BeforeApplicationShutdown {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;

  /** For the metrics: statements and messages so far. */
  readonly totals = { batches: 0, messages: 0 };

  constructor(@Inject(MessageLog) private readonly log: MessageLog) {}

  /** Resolves once the message is committed. */
  append(message: NewMessage): Promise<Appended> {
    const { promise, resolve, reject } = Promise.withResolvers<Appended>();
    this.waiting.push({ message, resolve, reject });
    this.running ??= this.run();
    return promise;
  }

  /** When so much waits that senders should wait too: resolves when the backlog is gone. */
  get backlog(): Promise<void> | undefined {
    return this.waiting.length < MAX_WAITING ? undefined : this.running;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    await endOfTick();
    while (this.waiting.length > 0) await this.write(this.waiting.splice(0, MAX_BATCH));
    this.running = undefined;
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    try {
      const appended = await this.log.append(batch.map(({ message }) => message));
      this.totals.batches += 1;
      this.totals.messages += batch.length;
      for (const [index, { resolve, reject }] of batch.entries()) {
        const one = appended[index];
        if (one === undefined) reject(new Error('The message log answered for fewer messages than it was given.'));
        else resolve(one);
      }
    } catch (error) {
      // One message that the store cannot hold must not take its neighbours with it.
      if (error instanceof UnstorableBatch && batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        await this.write(batch.slice(0, half));
        await this.write(batch.slice(half));
      } else for (const { reject } of batch) reject(error);
    }
  }
}

function endOfTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
