import { ackText } from './ack-text';
import type { Connection } from './connection';
import type { ProtocolError } from './protocol-error';
import type { Receipts } from './receipts';
import { textFrame } from './text-frame';

/** One message that asked for an ack, and everyone who sent it: once, or again while it was on its way, or later. */
export class Receipt {
  /** The one that was settled after it in the same topic. */
  next: Receipt | undefined;
  /** Undefined once it is over, one way or the other. */
  private waiting: Connection[] | undefined;
  private timestamp: string | undefined;
  private offset: number | undefined;
  private seq: number | undefined;

  constructor(
    private readonly receipts: Receipts,
    readonly userId: string,
    readonly id: string,
    connection: Connection,
  ) {
    this.waiting = [connection];
  }

  repeat(connection: Connection): void {
    if (this.waiting === undefined) this.tell(connection);
    else this.waiting.push(connection);
  }

  /**
   * @param timestamp the message's, ISO 8601
   * @param offset of what has one, where it is known
   * @param seq of a stored message
   */
  settle(timestamp: string, offset?: number, seq?: number): void {
    const { waiting } = this;
    if (waiting === undefined) return;
    this.waiting = undefined;
    this.timestamp = timestamp;
    this.offset = offset;
    this.seq = seq;
    for (const connection of waiting) this.tell(connection);
    this.receipts.remember(this);
  }

  /** Nothing happened; the same id may be sent again. */
  fail(error: ProtocolError): void {
    const { waiting } = this;
    if (waiting === undefined) return;
    this.waiting = undefined;
    for (const connection of waiting) connection.refuse(error, { topic: this.receipts.topic, id: this.id });
    this.receipts.forget(this);
  }

  private tell(connection: Connection): void {
    const { id, timestamp = '', offset, seq } = this;
    connection.send(textFrame(ackText(this.receipts.quotedTopic, { id, timestamp, offset, seq })));
  }
}
