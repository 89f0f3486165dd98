import type { DecodedFrame, Limits, Participant, Position, Subscribed } from '@parley/protocol';
import type { Broker, BrokerMessage, BrokerTopic } from './broker';
import type { Connection } from './connection';
import { PublicationLane } from './publication-lane';
import { Presence } from './presence';
import { Receipts } from './receipts';
import type { StoreBatcher } from './store-batcher';
import { encode, serverFrame } from './text-frame';

/** One topic on this node: who is subscribed, who is present, and what is on its way to them. */
export class TopicRoom {
  private readonly members = new Map<string, Connection>();
  private readonly presence = new Presence();
  private readonly receipts: Receipts;
  private readonly lane: PublicationLane;
  /** By `performance.now()`; since when nobody is subscribed. */
  emptySince: number | undefined = performance.now();

  private constructor(
    readonly name: string,
    private readonly broker: BrokerTopic,
    batcher: StoreBatcher,
    limits: Limits,
  ) {
    this.receipts = new Receipts(name, limits.rememberedIds);
    this.lane = new PublicationLane(name, broker, batcher, this.receipts);
  }

  static async open(name: string, broker: Broker, batcher: StoreBatcher, limits: Limits): Promise<TopicRoom> {
    // The broker may deliver before `open` returns; nobody is subscribed yet, so nobody misses it.
    const held: { room?: TopicRoom } = {};
    const topic = await broker.open(name, (message, offset) => held.room?.deliver(message, offset));
    held.room = new TopicRoom(name, topic, batcher, limits);
    return held.room;
  }

  get size(): number {
    return this.members.size;
  }

  get idle(): boolean {
    return this.members.size === 0 && this.lane.idle;
  }

  get position(): Position {
    return this.broker.position;
  }

  get participants(): readonly Participant[] {
    return this.presence.list();
  }

  has(connection: Connection): boolean {
    return this.members.get(connection.id) === connection;
  }

  /** From the returned position on every message reaches the connection, once and in order (S3). */
  join(connection: Connection): Subscribed {
    if (!this.has(connection)) {
      this.tellOthers(connection, 'subscriber', this.presence.join(connection.id, connection.principal));
      this.members.set(connection.id, connection);
      this.emptySince = undefined;
    }
    return { ...this.position, recovered: false, participants: this.participants };
  }

  leave(connection: Connection): void {
    if (!this.has(connection)) return;
    this.members.delete(connection.id);
    if (this.members.size === 0) this.emptySince = performance.now();
    const participant = this.presence.leave(connection.id, connection.principal);
    this.tellOthers(connection, participant.connectionIds.length === 0 ? 'unsubscriber' : 'subscriber', participant);
  }

  publish(connection: Connection, frame: DecodedFrame): void {
    const { action, store, volatile, payload, id, to } = frame;
    if (id !== undefined && !this.receipts.open(connection, id)) return;
    const message: BrokerMessage = {
      type: action,
      sender: connection.id,
      userId: connection.principal.userId,
      store,
      timestamp: new Date().toISOString(),
      payload,
      ...(id === undefined ? {} : { id }),
      ...(to === undefined ? {} : { to }),
    };
    if (volatile || to !== undefined) {
      this.broker.relay(message);
      if (id !== undefined) this.receipts.settle(message.userId, { id, timestamp: message.timestamp });
    } else if (store) this.lane.store(connection, message);
    else this.lane.publish(connection, message);
  }

  close(): void {
    this.broker.close();
  }

  private deliver(message: BrokerMessage, offset: number | undefined): void {
    const { type, to, ...rest } = message;
    const frame = encode({ type, topic: this.name, ...rest, ...(offset === undefined ? {} : { offset }) });
    // Without an offset and not directed: volatile, the first to go for a slow reader (P5, L2).
    const volatile = offset === undefined && to === undefined;
    if (to === undefined) for (const member of this.members.values()) member.send(frame, volatile);
    else for (const id of new Set(to)) this.members.get(id)?.send(frame);
  }

  private tellOthers(connection: Connection, type: string, participant: Participant): void {
    if (this.members.size === 0) return;
    const frame = serverFrame(type, participant, { topic: this.name });
    for (const member of this.members.values()) if (member !== connection) member.send(frame);
  }
}
