import type { DecodedFrame, Limits, Participant, Position, Subscribed, Topic } from '@parley/protocol';
import { Announced } from './announced';
import { BroadcastText } from './broadcast-text';
import type { Broker, BrokerMessage, BrokerTopic, Kept } from './broker';
import type { Connection } from './connection';
import { Members } from './members';
import { isoNow } from './now';
import type { Flusher } from './outbox';
import { PublicationLane } from './publication-lane';
import type { Principal } from './ports';
import { Presence } from './presence';
import { Receipts } from './receipts';
import type { StoreBatcher } from './store-batcher';
import { serverFrame, textFrame } from './text-frame';

/** One topic on this node: who is subscribed, who is present, and what is on its way to them. */
export class TopicRoom {
  private readonly members: Members;
  private readonly presence = new Presence();
  private readonly receipts: Receipts;
  private readonly announced: Announced;
  private readonly lane: PublicationLane;
  private readonly text: BroadcastText;
  /** By `performance.now()`; since when nobody is subscribed. */
  emptySince: number | undefined = performance.now();

  private constructor(
    readonly topic: Topic,
    private readonly broker: BrokerTopic,
    batcher: StoreBatcher,
    flusher: Flusher,
    limits: Limits,
    newest: number,
  ) {
    this.members = new Members(flusher, limits.outboxBytes);
    this.receipts = new Receipts(topic.name, limits.rememberedIds);
    this.announced = new Announced(newest);
    this.lane = new PublicationLane(topic.name, broker, batcher, this.announced);
    this.text = new BroadcastText(topic.name);
  }

  /** @param newest the `seq` of the last message that is stored; 0 when there is none or it is not known */
  static async open(
    topic: Topic,
    broker: Broker,
    batcher: StoreBatcher,
    flusher: Flusher,
    limits: Limits,
    newest: number,
  ): Promise<TopicRoom> {
    // The broker may deliver before `open` returns; nobody is subscribed yet, so nobody misses it.
    const held: { room?: TopicRoom } = {};
    const hold = await broker.open(topic.name, (message, offset) => held.room?.deliver(message, offset) ?? '');
    held.room = new TopicRoom(topic, hold, batcher, flusher, limits, newest);
    return held.room;
  }

  get name(): string {
    return this.topic.name;
  }

  get size(): number {
    return this.members.size;
  }

  get idle(): boolean {
    return this.members.size === 0 && this.presence.isEmpty && this.lane.idle;
  }

  get position(): Position {
    return this.broker.position;
  }

  get participants(): readonly Participant[] {
    return this.presence.list();
  }

  has(connection: Connection): boolean {
    return this.members.has(connection);
  }

  /** Those who are subscribed: this user's connections, or everyone's. */
  subscribers(userId?: string): readonly Connection[] {
    const all = [...this.members];
    return userId === undefined ? all : all.filter(({ principal }) => principal.userId === userId);
  }

  /** What was published since (H2); undefined when not all of it is there any more. */
  missedSince(since: Position): readonly Kept[] | undefined {
    return this.broker.replay(since);
  }

  /**
   * From the returned position on every message reaches the connection, once and in order (S3).
   *
   * @param recovered whether the caller sends it what it missed before
   */
  join(connection: Connection, recovered: boolean): Subscribed {
    if (!this.has(connection)) {
      const participant = this.presence.join(connection.id, connection.principal);
      if (participant !== undefined) this.announce('subscriber', participant);
      this.members.add(connection);
      this.emptySince = undefined;
    }
    return { ...this.position, recovered, participants: this.participants };
  }

  leave(connection: Connection): void {
    if (!this.lapse(connection)) return;
    this.depart(connection.id, connection.principal);
  }

  /** Nothing is delivered to it any more; its user counts as present until {@link depart} (U3). */
  lapse(connection: Connection): boolean {
    if (!this.has(connection)) return false;
    this.members.remove(connection);
    connection.forget(this.name);
    if (this.members.size === 0) this.emptySince = performance.now();
    return true;
  }

  /** It is not present any more, unless it is subscribed again. */
  depart(connectionId: string, principal: Principal): void {
    if (this.members.hasId(connectionId)) return;
    const participant = this.presence.leave(connectionId, principal);
    if (participant === undefined) return;
    this.announce(participant.connectionIds.length === 0 ? 'unsubscriber' : 'subscriber', participant);
  }

  /** What is published from now on waits for this member. @returns gives it to the member, unless it is gone */
  hold(connection: Connection): () => void {
    return this.members.hold(connection);
  }

  /** Resolves when nothing is held back from this member; undefined when that is so already. */
  settled(connection: Connection): Promise<undefined> | undefined {
    return this.members.settled(connection);
  }

  publish(connection: Connection, frame: DecodedFrame): void {
    const { action, store, volatile, payload, id, to } = frame;
    const receipt = id === undefined ? undefined : this.receipts.open(connection, id);
    if (id !== undefined && receipt === undefined) return;
    const message: BrokerMessage = {
      type: action,
      sender: connection.id,
      userId: connection.principal.userId,
      store,
      timestamp: isoNow(),
      payload,
      // Once, for those who hear it and for the log.
      json: JSON.stringify(payload),
      seq: undefined,
      id,
      to,
      volatile,
    };
    if (volatile || to !== undefined) {
      this.broker.relay(message);
      receipt?.settle(message.timestamp);
    } else if (store) this.lane.store(connection, message, receipt);
    else this.lane.publish(connection, message, receipt);
  }

  close(): void {
    this.broker.close();
  }

  /** @returns the frame's text */
  private deliver(message: BrokerMessage, offset: number | undefined): string {
    const { type, sender, seq, to, volatile } = message;
    if (seq !== undefined) this.announced.add(seq);
    const text = this.text.of(message, offset);
    const frame = textFrame(text);
    const volatileKey = volatile === true ? `${this.name} ${sender} ${type}` : undefined;
    if (to === undefined) this.members.tell(frame, volatileKey);
    else this.members.tellOnly(to, frame, volatileKey);
    return text;
  }

  /** Called before whom it is about is a member, or afterwards: the others hear of it. */
  private announce(type: 'subscriber' | 'unsubscriber', participant: Participant): void {
    if (this.members.size > 0) this.members.tell(serverFrame(type, participant, { topic: this.name }));
  }
}
