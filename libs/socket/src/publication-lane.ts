import { Logger } from '@nestjs/common';
import type { Announced } from './announced';
import type { BrokerMessage, BrokerTopic } from './broker';
import type { Connection } from './connection';
import { dateOf } from './now';
import { UnstorableBatch, type Appended, type NewMessage } from './ports';
import { ProtocolError, notStored, notStoredForNow } from './protocol-error';
import type { Receipt } from './receipt';
import type { StoreBatcher, Storing } from './store-batcher';

/** A message on its way, with its receipt when it has an id. */
interface Entry {
  readonly connection: Connection;
  readonly message: BrokerMessage;
  readonly receipt: Receipt | undefined;
  readonly state: 'storing' | 'ready' | 'gone';
  /** It was in the log already. */
  readonly repeated: boolean;
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
    private readonly announced: Announced,
  ) {}

  get idle(): boolean {
    return this.entries.length === 0;
  }

  publish(connection: Connection, message: BrokerMessage, receipt?: Receipt): void {
    const entry: Entry = { connection, message, receipt, state: 'ready', repeated: false };
    if (this.idle) this.announce(entry);
    else this.entries.push(entry);
  }

  store(connection: Connection, message: BrokerMessage, receipt?: Receipt): void {
    const { type, userId, sender, id, payload, json, timestamp } = message;
    const wanted = { topic: this.topic, action: type, userId, sender, id, payload, json, timestamp: dateOf(timestamp) };
    const entry = new StoringEntry(this, connection, message, receipt, wanted);
    this.entries.push(entry);
    this.batcher.add(entry);
  }

  /** Announces what need not wait any longer. */
  drain(): void {
    const { entries } = this;
    for (let [entry] = entries; entry !== undefined && entry.state !== 'storing'; [entry] = entries) {
      entries.shift();
      const { message, receipt } = entry;
      // What came before it was announced just now, if it is to be at all; so this is the time to ask.
      if (entry.repeated && this.announced.has(message.seq ?? 0)) {
        // The offset belongs to its first broadcast, perhaps before a restart: only the lasting names are told.
        receipt?.settle(message.timestamp, undefined, message.seq);
      } else if (entry.state === 'ready') this.announce(entry);
    }
  }

  notStored(entry: Entry, error: unknown): void {
    PublicationLane.logger.error(`A message of ${this.topic} could not be stored.`, error);
    this.fail(entry, error instanceof UnstorableBatch ? notStored() : notStoredForNow());
    this.drain();
  }

  private announce(entry: Entry): void {
    try {
      const offset = this.broker.publish(entry.message);
      if (typeof offset === 'number') acknowledge(entry, offset);
      else void this.acknowledgeLater(entry, offset);
    } catch (error) {
      this.notAnnounced(entry, error);
    }
  }

  private async acknowledgeLater(entry: Entry, offset: Promise<number>): Promise<void> {
    try {
      acknowledge(entry, await offset);
    } catch (error) {
      this.notAnnounced(entry, error);
    }
  }

  private notAnnounced(entry: Entry, error: unknown): void {
    const { receipt, message } = entry;
    PublicationLane.logger.error(`A message of ${this.topic} could not be broadcast.`, error);
    // What was stored is acknowledged: it is committed, and everyone finds it in the history.
    if (message.seq !== undefined) receipt?.settle(message.timestamp, undefined, message.seq);
    else this.fail(entry, new ProtocolError('internal', 'The message could not be sent.'));
  }

  private fail({ receipt, connection }: Entry, error: ProtocolError): void {
    if (receipt === undefined) connection.refuse(error, { topic: this.topic });
    else receipt.fail(error);
  }
}

class StoringEntry implements Entry, Storing {
  state: Entry['state'] = 'storing';
  repeated = false;

  constructor(
    private readonly lane: PublicationLane,
    readonly connection: Connection,
    public message: BrokerMessage,
    readonly receipt: Receipt | undefined,
    readonly wanted: NewMessage,
  ) {}

  stored({ seq, timestamp, repeated }: Appended): void {
    const { message, wanted } = this;
    // Nearly always its own, and written out already.
    const written = timestamp === wanted.timestamp ? message.timestamp : timestamp.toISOString();
    this.message = { ...message, timestamp: written, seq };
    this.repeated = repeated;
    this.state = 'ready';
    this.lane.drain();
  }

  notStored(error: unknown): void {
    this.state = 'gone';
    this.lane.notStored(this, error);
  }
}

function acknowledge({ receipt, message: { timestamp, seq } }: Entry, offset: number): void {
  receipt?.settle(timestamp, offset, seq);
}
