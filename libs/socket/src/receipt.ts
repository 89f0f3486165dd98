import { ackText, type Receivable } from './ack-text';
import type { Connection } from './connection';
import type { ProtocolError } from './protocol-error';
import type { Receipts } from './receipts';
import { textFrame } from './text-frame';

/** One message that asked for an ack, and everyone who sent it: once, or again while it was on its way, or later. */
export class Receipt {
  /** Undefined once it is over, one way or the other. */
  private waiting: Connection[] | undefined;
  private ack: Receivable | undefined;

  /** @param id `[A-Za-z0-9_-]` */
  constructor(
    private readonly receipts: Receipts,
    readonly key: string,
    private readonly id: string,
    connection: Connection,
  ) {
    this.waiting = [connection];
  }

  /** It was dealt with, well or badly. */
  get isOver(): boolean {
    return this.waiting === undefined;
  }

  repeat(connection: Connection): void {
    if (this.ack !== undefined) this.tell(connection, this.ack);
    else this.waiting?.push(connection);
  }

  settle(ack: Receivable): void {
    const { waiting } = this;
    if (waiting === undefined) return;
    this.ack = ack;
    this.waiting = undefined;
    for (const connection of waiting) this.tell(connection, ack);
    this.receipts.forgetOldest();
  }

  /** Nothing happened; the same id may be sent again. */
  fail(error: ProtocolError): void {
    const { waiting } = this;
    if (waiting === undefined) return;
    this.waiting = undefined;
    for (const connection of waiting) connection.refuse(error, { topic: this.receipts.topic, id: this.id });
    this.receipts.forget(this);
  }

  private tell(connection: Connection, ack: Receivable): void {
    connection.send(textFrame(ackText(this.receipts.quotedTopic, this.id, ack)));
  }
}
