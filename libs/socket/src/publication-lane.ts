import { Logger } from '@nestjs/common';
import type { Announced } from './announced';
import type { BrokerMessage, BrokerTopic } from './broker';
import type { Connection } from './connection';
import { UnstorableBatch, type NewMessage } from './ports';
import { ProtocolError, notStored, notStoredForNow } from './protocol-error';
import type { Receipts } from './receipts';
import type { StoreBatcher } from './store-batcher';

interface Entry {
  readonly connection: Connection;
  message: BrokerMessage;
  state: 'storing' | 'ready' | 'gone';
  /** It was in the log already. */
  repeated?: boolean;
}

/**
 * Brings one topic's messages to the broker in the order in which they came, although stored ones have to be committed
 * first (P2): what comes after a message that is still being stored waits for it.
 */
export class PublicationLane {
  private static readonly logger = new Logger(PublicationLane.name);
  private readonly entries: Entry[] = [];

  constructor(
    private readonly topic: string,
    private readonly broker: BrokerTopic,
    private readonly batcher: StoreBatcher,
    private readonly receipts: Receipts,
    private readonly announced: Announced,
  ) {}

  get idle(): boolean {
    return this.entries.length === 0;
  }

  publish(connection: Connection, message: BrokerMessage): void {
    if (this.idle) this.announce(connection, message);
    else this.entries.push({ connection, message, state: 'ready' });
  }

  store(connection: Connection, message: BrokerMessage): void {
    const entry: Entry = { connection, message, state: 'storing' };
    this.entries.push(entry);
    void this.append(entry);
  }

  private async append(entry: Entry): Promise<void> {
    const { connection, message } = entry;
    try {
      const { seq, timestamp, repeated } = await this.batcher.append(this.newMessage(message));
      entry.message = { ...message, timestamp: timestamp.toISOString(), seq };
      entry.repeated = repeated;
      entry.state = 'ready';
    } catch (error) {
      entry.state = 'gone';
      PublicationLane.logger.error(`A message of ${this.topic} could not be stored.`, error);
      this.fail(connection, message, error instanceof UnstorableBatch ? notStored() : notStoredForNow());
    }
    this.drain();
  }

  private newMessage({ type, userId, sender, id, payload, timestamp }: BrokerMessage): NewMessage {
    return { topic: this.topic, action: type, userId, sender, id, payload, timestamp: new Date(timestamp) };
  }

  private drain(): void {
    let done = 0;
    for (const entry of this.entries) {
      if (entry.state === 'storing') break;
      done += 1;
      // What came before it was announced just now, if it is to be at all; so this is the time to ask.
      if (entry.repeated === true && this.announced.has(entry.message.seq ?? 0)) this.acknowledgeRepeat(entry.message);
      else if (entry.state === 'ready') this.announce(entry.connection, entry.message);
    }
    this.entries.splice(0, done);
  }

  /** The offset belongs to its first broadcast, perhaps before a restart: only the lasting names are told. */
  private acknowledgeRepeat({ userId, id, timestamp, seq }: BrokerMessage): void {
    if (id !== undefined) this.receipts.settle(userId, { id, timestamp, ...(seq === undefined ? {} : { seq }) });
  }

  private announce(connection: Connection, message: BrokerMessage): void {
    void this.hand(connection, message);
  }

  private async hand(connection: Connection, message: BrokerMessage): Promise<void> {
    const { id, userId, timestamp, seq } = message;
    try {
      const offset = await this.broker.publish(message);
      if (id !== undefined)
        this.receipts.settle(userId, { id, timestamp, offset, ...(seq === undefined ? {} : { seq }) });
    } catch (error) {
      PublicationLane.logger.error(`A message of ${this.topic} could not be broadcast.`, error);
      // What was stored is acknowledged: it is committed, and everyone finds it in the history.
      if (seq !== undefined && id !== undefined) this.receipts.settle(userId, { id, timestamp, seq });
      else if (seq === undefined)
        this.fail(connection, message, new ProtocolError('internal', 'The message could not be sent.'));
    }
  }

  private fail(connection: Connection, { userId, id }: BrokerMessage, error: ProtocolError): void {
    if (id === undefined) connection.refuse(error, { topic: this.topic });
    else this.receipts.fail(userId, id, error);
  }
}
