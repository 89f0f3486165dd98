import type { Connection } from './connection';
import { Receipt } from './receipt';

/**
 * One topic's memory of message ids (P3): a repeat is answered with the first ack, also while the first is still on
 * its way. Bounded; stored messages are remembered for ever by their log.
 */
export class Receipts {
  private readonly byUser = new Map<string, Map<string, Receipt>>();
  /** Of those that were settled, in that order. */
  private oldest: Receipt | undefined;
  private newest: Receipt | undefined;
  private settled = 0;
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
    return receipt;
  }

  /** It is settled, and the oldest that is one too many is forgotten. One that is still on its way is needed for its answer. */
  remember(receipt: Receipt): void {
    if (this.newest === undefined) this.oldest = receipt;
    else this.newest.next = receipt;
    this.newest = receipt;
    this.settled += 1;
    if (this.settled > this.limit) this.forgetOldest();
  }

  forget({ userId, id }: Receipt): void {
    const own = this.byUser.get(userId);
    own?.delete(id);
    if (own?.size === 0) this.byUser.delete(userId);
  }

  private forgetOldest(): void {
    const { oldest } = this;
    if (oldest === undefined) return;
    this.forget(oldest);
    this.oldest = oldest.next;
    if (this.oldest === undefined) this.newest = undefined;
    // What is forgotten would hold what comes later in memory.
    oldest.next = undefined;
    this.settled -= 1;
  }

  private begin(userId: string): Map<string, Receipt> {
    const own = new Map<string, Receipt>();
    this.byUser.set(userId, own);
    return own;
  }
}
