import type { Ack } from '@parley/protocol';
import type { Connection } from './connection';
import type { ProtocolError } from './protocol-error';

interface Receipt {
  ack?: Ack;
  readonly waiting: Connection[];
}

/**
 * One topic's memory of message ids (P3): a repeat is answered with the first ack, also while the first is still on
 * its way. Bounded; stored messages are remembered for ever by their log.
 */
export class Receipts {
  private readonly receipts = new Map<string, Receipt>();

  constructor(
    private readonly topic: string,
    private readonly limit: number,
  ) {}

  /** @returns false for a repeat, which is answered, now or together with the first */
  open(connection: Connection, id: string): boolean {
    const key = keyOf(connection.principal.userId, id);
    const receipt = this.receipts.get(key);
    if (receipt === undefined) {
      this.receipts.set(key, { waiting: [connection] });
      return true;
    }
    if (receipt.ack === undefined) receipt.waiting.push(connection);
    else connection.tell('ack', receipt.ack, { topic: this.topic, id });
    return false;
  }

  settle(userId: string, ack: Ack): void {
    const key = keyOf(userId, ack.id);
    const receipt = this.receipts.get(key);
    if (receipt === undefined) return;
    receipt.ack = ack;
    for (const connection of receipt.waiting.splice(0)) connection.tell('ack', ack, { topic: this.topic, id: ack.id });
    this.forgetOldest();
  }

  /** Nothing happened; the same id may be sent again. */
  fail(userId: string, id: string, error: ProtocolError): void {
    const key = keyOf(userId, id);
    for (const connection of this.receipts.get(key)?.waiting ?? []) {
      connection.refuse(error, { topic: this.topic, id });
    }
    this.receipts.delete(key);
  }

  private forgetOldest(): void {
    for (const [key, { ack }] of this.receipts) {
      if (this.receipts.size <= this.limit) return;
      // One that is still on its way is needed for its answer; there are few.
      if (ack !== undefined) this.receipts.delete(key);
    }
  }
}

function keyOf(userId: string, id: string): string {
  return `${userId} ${id}`;
}
