import type { Connection } from './connection';
import { Receipt } from './receipt';

/**
 * One topic's memory of message ids (P3): a repeat is answered with the first ack, also while the first is still on
 * its way. Bounded; stored messages are remembered for ever by their log.
 */
export class Receipts {
  private readonly receipts = new Map<string, Receipt>();
  /** Goes on with what comes later, and so meets each receipt once. */
  private readonly inOrder = this.receipts.values();
  private oldest: Receipt | undefined;
  readonly quotedTopic: string;

  constructor(
    readonly topic: string,
    private readonly limit: number,
  ) {
    this.quotedTopic = JSON.stringify(topic);
  }

  /** @returns undefined for a repeat, which is answered, now or together with the first */
  open(connection: Connection, id: string): Receipt | undefined {
    const key = `${connection.principal.userId} ${id}`;
    const known = this.receipts.get(key);
    if (known !== undefined) {
      known.repeat(connection);
      return undefined;
    }
    const receipt = new Receipt(this, key, id, connection);
    this.receipts.set(key, receipt);
    return receipt;
  }

  forget(receipt: Receipt): void {
    // Its id may have been sent again since.
    if (this.receipts.get(receipt.key) === receipt) this.receipts.delete(receipt.key);
  }

  /** As many as are too many. One that is still on its way is needed for its answer, and with it all behind it stay. */
  forgetOldest(): void {
    while (this.receipts.size > this.limit) {
      this.oldest ??= this.inOrder.next().value;
      if (this.oldest?.isOver !== true) return;
      this.forget(this.oldest);
      this.oldest = undefined;
    }
  }
}
