import type { Connection } from './connection';
import { FrameBatch } from './frame-batch';
import { HeldDeliveries } from './held-deliveries';
import { GATHERED_BYTES, WRITE_BYTES, type Flusher, type Outbox } from './outbox';

/** With fewer members, gathering costs more than the writes that it saves: they differ in what else they get anyway. */
const GATHER_FROM = 8;

/**
 * So many members are looked at before any of them is written to: what that needs of a thousand of them is not in the
 * processor's cache, and is fetched for all of these at once and not one after the other.
 */
const AHEAD = 16;

/** Their outboxes, of those who can be written to at once. */
const ahead: (Outbox | undefined)[] = [];

/**
 * Who is subscribed to one topic on this node, and the way of a frame to them. In a large topic the frames of one tick
 * are gathered and written at its end, the same bytes to everyone: what a message costs does not depend on how many
 * hear it, and a tick costs each of them one write. Whoever gets something else meanwhile gets what was gathered before.
 */
export class Members {
  private readonly byId = new Map<string, Connection>();
  /** The same, to go through for each message. */
  private list: readonly Connection[] | undefined;
  private readonly held: HeldDeliveries;
  private batch: FrameBatch | undefined;
  /** The batch's next frame for those who came after its first, or had a part of it already. */
  private readonly next = new Map<Connection, number>();

  /** @param limit bytes that may be held back from one member */
  constructor(
    private readonly flusher: Flusher,
    limit: number,
  ) {
    this.held = new HeldDeliveries(limit);
  }

  get size(): number {
    return this.byId.size;
  }

  [Symbol.iterator](): IterableIterator<Connection> {
    return this.byId.values();
  }

  private get all(): readonly Connection[] {
    return (this.list ??= [...this.byId.values()]);
  }

  has(connection: Connection): boolean {
    return this.byId.get(connection.id) === connection;
  }

  hasId(connectionId: string): boolean {
    return this.byId.has(connectionId);
  }

  add(connection: Connection): void {
    this.byId.set(connection.id, connection);
    this.list = undefined;
    connection.memberships.push(this);
    if (this.batch !== undefined) this.next.set(connection, this.batch.count);
  }

  /** Nothing is delivered to it any more but what was said before. */
  remove(connection: Connection): void {
    this.catchUp(connection);
    this.byId.delete(connection.id);
    this.list = undefined;
    connection.memberships.splice(connection.memberships.indexOf(this), 1);
    this.held.drop(connection);
  }

  /** What is said from now on waits for this member. @returns gives it to the member, unless it is gone */
  hold(connection: Connection): () => void {
    return this.held.hold(connection);
  }

  /** Resolves when nothing is held back from this member; undefined when that is so already. */
  settled(connection: Connection): Promise<undefined> | undefined {
    return this.held.settled(connection);
  }

  /** To everyone. @param volatileKey see {@link Connection.send} */
  tell(frame: Buffer, volatileKey?: string): void {
    if (this.byId.size < GATHER_FROM || frame.length > WRITE_BYTES || this.held.size > 0) {
      this.deliver();
      for (const member of this.all) this.hand(member, frame, volatileKey);
      return;
    }
    if (this.batch === undefined) {
      this.batch = new FrameBatch();
      this.flusher.scheduleFirst(this);
    }
    this.batch.add(frame, volatileKey);
    if (this.batch.bytes >= GATHERED_BYTES) this.deliver();
  }

  /** To these connections of the topic. */
  tellOnly(ids: Iterable<string>, frame: Buffer, volatileKey?: string): void {
    for (const id of new Set(ids)) {
      const member = this.byId.get(id);
      if (member !== undefined) this.hand(member, frame, volatileKey);
    }
  }

  /** Something else is about to be sent to this member: what was gathered comes first. */
  catchUp(member: Connection): void {
    const { batch } = this;
    if (batch === undefined) return;
    const from = this.next.get(member) ?? 0;
    if (from === batch.count) return;
    this.next.set(member, batch.count);
    member.take(batch, from);
  }

  /** The tick is over. */
  flush(): void {
    this.deliver();
  }

  /**
   * Writes what was gathered: nearly always that is all that the members get in this tick. By index, because iterators
   * make an object for each member, and with them collections.
   */
  private deliver(): void {
    const { batch, next } = this;
    if (batch === undefined) return;
    this.batch = undefined;
    const { all } = this;
    for (let begin = 0; begin < all.length; begin += AHEAD) {
      const end = Math.min(begin + AHEAD, all.length);
      for (let index = begin; index < end; index += 1) ahead[index - begin] = all[index]?.idleOutbox;
      for (let index = begin; index < end; index += 1) {
        const member = all[index];
        if (member === undefined) continue;
        const from = next.size === 0 ? 0 : (next.get(member) ?? 0);
        const outbox = ahead[index - begin];
        if (from === 0 && outbox !== undefined) outbox.write(batch.all());
        else if (from < batch.count) member.take(batch, from);
      }
    }
    next.clear();
  }

  private hand(member: Connection, frame: Buffer, volatileKey?: string): void {
    if (!this.held.take(member, frame, volatileKey)) member.send(frame, volatileKey);
  }
}
