import type { Connection } from './connection';
import { FrameBatch } from './frame-batch';
import { HeldDeliveries } from './held-deliveries';
import { WRITE_BYTES } from './outbox';

/** With fewer members, gathering costs more than the writes that it saves: they differ in what else they get anyway. */
const GATHER_FROM = 8;

type Batch = FrameBatch<Connection>;

/** Who is subscribed to one topic on this node, and the way of a frame to them. */
export class Members {
  private readonly byId = new Map<string, Connection>();
  private readonly held: HeldDeliveries;
  private batch: Batch | undefined;
  /** Those of the batch's tick who cannot follow it. */
  private apart: Connection[] = [];

  /** @param limit bytes that may be held back from one member */
  constructor(limit: number) {
    this.held = new HeldDeliveries(limit);
  }

  get size(): number {
    return this.byId.size;
  }

  [Symbol.iterator](): IterableIterator<Connection> {
    return this.byId.values();
  }

  has(connection: Connection): boolean {
    return this.byId.get(connection.id) === connection;
  }

  hasId(connectionId: string): boolean {
    return this.byId.has(connectionId);
  }

  add(connection: Connection): void {
    this.byId.set(connection.id, connection);
    this.batch?.comesBack(connection);
  }

  /** Nothing is delivered to it any more but what was sent before. */
  remove(connection: Connection): void {
    this.endBatch();
    this.byId.delete(connection.id);
    this.held.drop(connection);
  }

  /** What is sent from now on waits for this member. @returns gives it to the member, unless it is gone */
  hold(connection: Connection): () => void {
    this.endBatch();
    return this.held.hold(connection);
  }

  /** Resolves when nothing is held back from this member; undefined when that is so already. */
  settled(connection: Connection): Promise<undefined> | undefined {
    return this.held.settled(connection);
  }

  /** To everyone. @param volatileKey see {@link Connection.send} */
  tell(frame: Buffer, volatileKey?: string): void {
    if (this.byId.size < GATHER_FROM || frame.length > WRITE_BYTES) {
      for (const member of this.byId.values()) this.hand(member, frame, volatileKey);
    } else this.gather(frame, volatileKey);
  }

  /** To these connections of the topic. */
  tellOnly(ids: Iterable<string>, frame: Buffer, volatileKey?: string): void {
    for (const id of new Set(ids)) {
      const member = this.byId.get(id);
      if (member !== undefined) this.hand(member, frame, volatileKey);
    }
  }

  private gather(frame: Buffer, volatileKey: string | undefined): void {
    let { batch } = this;
    if (batch === undefined || batch.sealed) {
      batch = this.batch = new FrameBatch();
      this.apart = [];
      for (const member of this.byId.values()) this.include(member, batch);
    } else for (const member of batch.takeReturning()) this.include(member, batch);
    batch.add(frame);
    for (const member of this.apart) this.hand(member, frame, volatileKey);
    if (batch.bytes < WRITE_BYTES) return;
    this.endBatch();
    for (const member of this.byId.values()) member.flush();
  }

  private include(member: Connection, batch: Batch): void {
    if (this.held.holds(member) || !member.follow(batch)) this.apart.push(member);
  }

  /** Whoever goes, or has to wait, does so between two frames. */
  private endBatch(): void {
    this.batch?.seal();
    this.batch = undefined;
  }

  private hand(member: Connection, frame: Buffer, volatileKey?: string): void {
    if (!this.held.take(member, frame, volatileKey)) member.send(frame, volatileKey);
  }
}
