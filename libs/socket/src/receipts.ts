import type { Connection } from './connection';
import { Receipt } from './receipt';

/**
 * One topic's memory of message ids (P3): a repeat is answered with the first ack, also while the first is still on
 * its way. Bounded; stored messages are remembered for ever by their log.
 */
export class Receipts {
  private readonly byUser = new Map<string, Map<string, Receipt>>();
  /** In the order in which they were opened, those that failed included. */
  private oldest: Receipt | undefined;
  private newest: Receipt | undefined;
  private count = 0;
  readonly quotedTopic: string;

  constructor(
    readonly topic: string,
    private readonly limit: number,
  ) {
    this.quotedTopic = JSON.stringify(topic);
  }

  /** @returns undefined for a repeat, which is answered, now or together with the first */
  open(connection: Connection, id: string): Receipt | undefined {
    const { userId } = connection.principal;
    const own = this.byUser.get(userId) ?? this.begin(userId);
    const known = own.get(id);
    if (known !== undefined) {
      known.repeat(connection);
      return undefined;
    }
    const receipt = new Receipt(this, userId, id, connection);
    own.set(id, receipt);
    if (this.newest === undefined) this.oldest = receipt;
    else this.newest.next = receipt;
    this.newest = receipt;
    this.count += 1;
    return receipt;
  }

  forget(receipt: Receipt): void {
    const own = this.byUser.get(receipt.userId);
    // Its id may have been sent again since.
    if (own?.get(receipt.id) !== receipt) return;
    own.delete(receipt.id);
    if (own.size === 0) this.byUser.delete(receipt.userId);
  }

  /** As many as are too many. One that is still on its way is needed for its answer, and with it all behind it stay. */
  forgetOldest(): void {
    for (let receipt = this.oldest; this.count > this.limit && receipt?.isOver === true; receipt = this.oldest) {
      this.forget(receipt);
      this.oldest = receipt.next;
      if (this.oldest === undefined) this.newest = undefined;
      // What is forgotten would hold what comes later in memory.
      receipt.next = undefined;
      this.count -= 1;
    }
  }

  private begin(userId: string): Map<string, Receipt> {
    const own = new Map<string, Receipt>();
    this.byUser.set(userId, own);
    return own;
  }
}
