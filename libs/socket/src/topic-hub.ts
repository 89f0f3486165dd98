import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import {
  CloseCode,
  type DecodedFrame,
  type LoadMessagesPayload,
  type MessagePage,
  type Position,
  type ServerFrame,
  type SubscribePayload,
  type Topic,
} from '@parley/protocol';
import { Absences } from './absences';
import { Broker, type Kept } from './broker';
import type { Connection } from './connection';
import { Flusher } from './outbox';
import { MessageLog, type StoredMessage } from './ports';
import { ProtocolError, forbiddenForNow, notSubscribed } from './protocol-error';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';
import { StoreBatcher } from './store-batcher';
import { textFrame } from './text-frame';
import { TopicRoom } from './topic-room';
import { within } from './within';

/** A page ends here even when more messages were asked for, so that it never fills a reader's queue (L2). Bytes. */
const PAGE_BYTES = 256 * 1024;

/** How full replays may make a reader's queue; several topics may be replayed at once. */
const REPLAY_SHARE = 0.75;

/** Every topic of this node. */
@Injectable()
export class TopicHub implements OnApplicationShutdown {
  private readonly logger = new Logger(TopicHub.name);
  private readonly rooms = new Map<string, TopicRoom | Promise<TopicRoom>>();
  private readonly open = new Set<TopicRoom>();
  /** The open ones by {@link subjectOf}: what changes of allowances are about. */
  private readonly bySubject = new Map<string, Set<TopicRoom>>();

  /**
   * For the metrics: connections that were resumed (T4); subscriptions of those who came back that got what they missed,
   * and that have to load pages (H2); subscriptions whose right was taken away (S6).
   */
  readonly totals = { resumed: 0, recovered: 0, unrecovered: 0, revoked: 0 };

  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(MessageLog) private readonly log: MessageLog,
    @Inject(SOCKET_OPTIONS) private readonly options: SocketOptions,
    private readonly batcher: StoreBatcher,
    private readonly absences: Absences,
    private readonly flusher: Flusher,
  ) {}

  onApplicationShutdown(): void {
    for (const room of this.open) room.close();
  }

  /** The topics that this node holds, for the metrics and the housekeeping. */
  get openRooms(): ReadonlySet<TopicRoom> {
    return this.open;
  }

  /** S3, H2. The allowance was asked before. */
  async subscribe(
    connection: Connection,
    topic: Topic,
    { since }: SubscribePayload,
    id: string | undefined,
  ): Promise<void> {
    const { subscriptions } = connection;
    if (!subscriptions.has(topic.name) && subscriptions.size >= this.options.limits.subscriptionsPerConnection) {
      throw new ProtocolError('too-many-subscriptions', 'Unsubscribe from another topic first.');
    }
    const found = subscriptions.get(topic.name) ?? this.room(topic);
    const room = found instanceof TopicRoom ? found : await found;
    const settled = room.settled(connection);
    if (settled !== undefined) await settled;
    if (!connection.open) return;
    // The right may have been taken away while the topic was opened.
    if (connection.leases.until(topic.name, 'subscribe') <= performance.now()) throw forbiddenForNow();
    const missed = since === undefined ? undefined : this.replayable(connection, room, since);
    const subscribed = room.join(connection, missed !== undefined);
    subscriptions.set(topic.name, room);
    this.absences.arrive(connection.id, room);
    // In one tick: whatever is published next comes behind what was missed.
    connection.tell('subscribe', subscribed, about(topic, id));
    for (const { text } of missed ?? []) connection.send(textFrame(text));
  }

  /** S7. */
  unsubscribe(connection: Connection, topic: Topic, id: string | undefined): void {
    this.leave(connection, topic.name);
    this.absences.leave(connection.id, topic.name);
    connection.tell('unsubscribe', { reason: 'requested' }, about(topic, id));
  }

  /** S6, U3: what was allowed no longer is, or never was: the connection is not subscribed, nor does it count as present. */
  shutOut(connection: Connection, topicName: string): void {
    if (connection.subscriptions.has(topicName)) {
      this.leave(connection, topicName);
      connection.tell('unsubscribe', { reason: 'revoked' }, { topic: topicName });
      this.totals.revoked += 1;
    }
    this.absences.leave(connection.id, topicName);
  }

  /** S6: nobody stays on a guess, and nobody is thrown out for good either: the client comes back and asks anew. */
  turnAway(connection: Connection): void {
    connection.close(CloseCode.tryAgainLater, 'It could not be found out whether you may stay.');
  }

  /** The connection is gone for good. */
  leaveAll(connection: Connection): void {
    for (const topicName of connection.subscriptions.keys()) this.leave(connection, topicName);
    this.absences.end(connection.id);
  }

  /** The connection is gone and may come back: its users count as present for the grace period (T4, U3). */
  lapseAll(connection: Connection): void {
    this.absences.begin(connection);
    for (const room of connection.subscriptions.values()) room.lapse(connection);
    connection.subscriptions.clear();
  }

  /** A socket opened under an id that may be known (T4). */
  resume({ id }: Connection): void {
    if (this.absences.resume(id)) this.totals.resumed += 1;
  }

  /** The topics `namespace/…:id` that this node holds. */
  roomsAbout(topic: Pick<Topic, 'namespace' | 'id'>): readonly TopicRoom[] {
    return [...(this.bySubject.get(subjectOf(topic)) ?? [])];
  }

  /**
   * P1–P6. The allowance was asked before.
   *
   * @returns resolves when the next message may come, not when this one is stored; undefined: at once
   */
  publish(connection: Connection, topic: Topic, frame: DecodedFrame): Promise<void> | undefined {
    return this.publishIn(this.roomOf(connection, topic), connection, frame);
  }

  /** {@link publish} for a topic that is at hand. */
  publishIn(room: TopicRoom, connection: Connection, frame: DecodedFrame): Promise<void> | undefined {
    room.publish(connection, frame);
    return this.batcher.backlog;
  }

  async loadSubscribers(connection: Connection, topic: Topic, id: string | undefined): Promise<void> {
    const room = this.roomOf(connection, topic);
    await room.settled(connection);
    if (!room.has(connection)) return;
    connection.tell('load-subscribers', { participants: room.participants }, about(topic, id));
  }

  /** H1. */
  async loadMessages(
    connection: Connection,
    topic: Topic,
    { before, limit }: LoadMessagesPayload,
    id: string | undefined,
  ): Promise<void> {
    const room = this.roomOf(connection, topic);
    const { messages, more } = await this.log.page(topic.name, {
      before,
      limit: Math.min(limit, this.options.limits.pageMessages),
    });
    // The allowance may have gone, or be in question, while the page was fetched.
    await room.settled(connection);
    if (!room.has(connection)) return;
    const { fitting, bytes } = newestThatFit(messages.map(asBroadcast));
    connection.charge(bytes);
    const page: MessagePage = { messages: fitting, more: more || fitting.length < messages.length };
    connection.tell('load-messages', page, about(topic, id));
  }

  /** Forgets topics that nobody has been subscribed to for long enough. */
  sweep(now: number): void {
    for (const room of this.open) {
      if (!room.idle || room.emptySince === undefined || now - room.emptySince < this.options.limits.windowMs) continue;
      this.forget(room);
      room.close();
    }
  }

  /** Unless it would fill the reader's queue: then pages (H1), each asked for when the one before was read, are better. */
  private replayable(connection: Connection, room: TopicRoom, since: Position): readonly Kept[] | undefined {
    const missed = room.missedSince(since);
    const bytes = missed?.reduce((sum, kept) => sum + kept.bytes, 0) ?? 0;
    const replays =
      missed !== undefined && connection.queuedBytes + bytes <= this.options.limits.outboxBytes * REPLAY_SHARE;
    this.totals[replays ? 'recovered' : 'unrecovered'] += 1;
    if (!replays) return undefined;
    connection.charge(bytes);
    return missed;
  }

  private leave(connection: Connection, topicName: string): void {
    connection.subscriptions.get(topicName)?.leave(connection);
    connection.subscriptions.delete(topicName);
    connection.leases.drop(topicName);
  }

  private roomOf(connection: Connection, topic: Topic): TopicRoom {
    const room = connection.subscriptions.get(topic.name);
    if (room === undefined) throw notSubscribed();
    return room;
  }

  private async openRoom(topic: Topic): Promise<TopicRoom> {
    const newest = await this.newestOf(topic);
    return TopicRoom.open(topic, this.broker, this.batcher, this.flusher, this.options.limits, newest);
  }

  /**
   * The `seq` of the last stored message. Without an answer 0: then a message that is sent again is broadcast again,
   * which those who had it recognise by its `seq`.
   */
  private async newestOf({ name }: Topic): Promise<number> {
    try {
      return await within(this.options.limits.guardTimeoutMs, this.log.newest(name), 0);
    } catch (error) {
      this.logger.warn(`The newest message of ${name} could not be read.`, error);
      return 0;
    }
  }

  private remember(room: TopicRoom): void {
    this.open.add(room);
    const subject = subjectOf(room.topic);
    const others = this.bySubject.get(subject);
    if (others === undefined) this.bySubject.set(subject, new Set([room]));
    else others.add(room);
  }

  private forget(room: TopicRoom): void {
    this.open.delete(room);
    this.rooms.delete(room.name);
    const subject = subjectOf(room.topic);
    const others = this.bySubject.get(subject);
    others?.delete(room);
    if (others?.size === 0) this.bySubject.delete(subject);
  }

  private room(topic: Topic): TopicRoom | Promise<TopicRoom> {
    const { name } = topic;
    const known = this.rooms.get(name);
    if (known !== undefined) return known;
    const opening = this.firstRoom(topic);
    this.rooms.set(name, opening);
    return opening;
  }

  private async firstRoom(topic: Topic): Promise<TopicRoom> {
    const { name } = topic;
    try {
      const room = await this.openRoom(topic);
      this.rooms.set(name, room);
      this.remember(room);
      return room;
    } catch (error) {
      // The next subscriber tries again.
      this.rooms.delete(name);
      throw error;
    }
  }
}

/** No namespace and no id has a space. */
function subjectOf({ namespace, id }: Pick<Topic, 'namespace' | 'id'>): string {
  return `${namespace} ${id}`;
}

function about(topic: Topic, id: string | undefined): { topic: string; id?: string } {
  return id === undefined ? { topic: topic.name } : { topic: topic.name, id };
}

function asBroadcast({ topic, action, sender, userId, timestamp, payload, seq, id }: StoredMessage): ServerFrame {
  return {
    type: action,
    topic,
    sender,
    userId,
    store: true,
    timestamp: timestamp.toISOString(),
    payload,
    seq,
    ...(id === undefined ? {} : { id }),
  };
}

/** The newest messages whose JSON fits into one page, at least one, and what they come to. */
function newestThatFit(messages: readonly ServerFrame[]): {
  readonly fitting: readonly ServerFrame[];
  readonly bytes: number;
} {
  let bytes = 0;
  let first = messages.length;
  while (first > 0) {
    const next = Buffer.byteLength(JSON.stringify(messages[first - 1]));
    if (bytes + next > PAGE_BYTES && first < messages.length) break;
    bytes += next;
    first -= 1;
  }
  return { fitting: messages.slice(first), bytes };
}
