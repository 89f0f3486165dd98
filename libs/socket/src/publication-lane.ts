import { Logger } from '@nestjs/common';
import type { BrokerMessage, BrokerTopic } from './broker';
import type { Connection } from './connection';
import { Doubts } from './doubts';
import { UnstorableBatch, type NewMessage } from './ports';
import { ProtocolError, notStored, notStoredForNow } from './protocol-error';
import type { Receipts } from './receipts';
import type { StoreBatcher } from './store-batcher';

interface Entry {
  readonly connection: Connection;
  message: BrokerMessage;
  state: 'storing' | 'ready' | 'gone';
}

/**
 * Brings one topic's messages to the broker in the order in which they came, although stored ones have to be committed
 * first (P2): what comes after a message that is still being stored waits for it.
 */
export class PublicationLane {
  private static readonly logger = new Logger(PublicationLane.name);
  private readonly entries: Entry[] = [];
  private readonly doubts = new Doubts();

  constructor(
    private readonly topic: string,
    private readonly broker: BrokerTopic,
    private readonly batcher: StoreBatcher,
    private readonly receipts: Receipts,
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
      const iso = timestamp.toISOString();
      entry.message = { ...message, timestamp: iso, seq };
      const inDoubt = repeated && message.id !== undefined && this.doubts.settle(message.userId, message.id, timestamp);
      entry.state = repeated && !inDoubt ? 'gone' : 'ready';
      // The offset of a repeat belongs to its first broadcast, perhaps before a restart: only the lasting names are told.
      if (entry.state === 'gone' && message.id !== undefined)
        this.receipts.settle(message.userId, { id: message.id, timestamp: iso, seq });
    } catch (error) {
      entry.state = 'gone';
      PublicationLane.logger.error(`A message of ${this.topic} could not be stored.`, error);
      if (message.id !== undefined) this.doubts.add(message.userId, message.id, new Date(message.timestamp));
      this.fail(connection, message, error instanceof UnstorableBatch ? notStored() : notStoredForNow());
    }
    this.drain();
  }

  private newMessage({ type, userId, sender, id, payload, timestamp }: BrokerMessage): NewMessage {
    return { topic: this.topic, action: type, userId, sender, id, payload, timestamp: new Date(timestamp) };
  }

  private drain(): void {
    let done = 0;
    for (const { connection, message, state } of this.entries) {
      if (state === 'storing') break;
      done += 1;
      if (state === 'ready') this.announce(connection, message);
    }
    this.entries.splice(0, done);
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
