import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DecodedFrame, LoadMessagesPayload, MessagePage, ServerFrame, Topic } from '@parley/protocol';
import { Broker } from './broker';
import type { Connection } from './connection';
import { MessageLog, type StoredMessage } from './ports';
import { ProtocolError, notSubscribed } from './protocol-error';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';
import { StoreBatcher } from './store-batcher';
import { TopicRoom } from './topic-room';

/** Milliseconds for which a topic without subscribers keeps its epoch and its memory of ids. */
const LINGER_MS = 5 * 60_000;

/** A page ends here even when more messages were asked for, so that it never fills a reader's queue (L2). Bytes. */
const PAGE_BYTES = 256 * 1024;

/** Every topic of this node. */
@Injectable()
export class TopicHub implements OnApplicationShutdown {
  private readonly rooms = new Map<string, Promise<TopicRoom>>();
  private readonly open = new Set<TopicRoom>();

  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(MessageLog) private readonly log: MessageLog,
    @Inject(SOCKET_OPTIONS) private readonly options: SocketOptions,
    private readonly batcher: StoreBatcher,
  ) {}

  onApplicationShutdown(): void {
    for (const room of this.open) room.close();
  }

  /** The topics that this node holds, for the metrics and the housekeeping. */
  get openRooms(): ReadonlySet<TopicRoom> {
    return this.open;
  }

  /** S3. The allowance was asked before. */
  async subscribe(connection: Connection, topic: Topic, id: string | undefined): Promise<void> {
    const { subscriptions } = connection;
    if (!subscriptions.has(topic.name) && subscriptions.size >= this.options.limits.subscriptionsPerConnection) {
      throw new ProtocolError('too-many-subscriptions', 'Unsubscribe from another topic first.');
    }
    const room = subscriptions.get(topic.name) ?? (await this.room(topic.name));
    if (!connection.open) return;
    const subscribed = room.join(connection);
    subscriptions.set(topic.name, room);
    connection.tell('subscribe', subscribed, about(topic, id));
  }

  /** S7. */
  unsubscribe(connection: Connection, topic: Topic, id: string | undefined): void {
    this.leave(connection, topic.name);
    connection.tell('unsubscribe', { reason: 'requested' }, about(topic, id));
  }

  /** S6: what was allowed no longer is. */
  revoke(connection: Connection, topicName: string): void {
    if (!connection.subscriptions.has(topicName)) return;
    this.leave(connection, topicName);
    connection.tell('unsubscribe', { reason: 'revoked' }, { topic: topicName });
  }

  /** The connection is gone. */
  leaveAll(connection: Connection): void {
    for (const topicName of connection.subscriptions.keys()) this.leave(connection, topicName);
  }

  /** P1–P6. The allowance was asked before. Resolves when the next message may come, not when this one is stored. */
  async publish(connection: Connection, topic: Topic, frame: DecodedFrame): Promise<void> {
    this.roomOf(connection, topic).publish(connection, frame);
    await this.batcher.backlog;
  }

  loadSubscribers(connection: Connection, topic: Topic, id: string | undefined): void {
    const { participants } = this.roomOf(connection, topic);
    connection.tell('load-subscribers', { participants }, about(topic, id));
  }

  /** H1. */
  async loadMessages(
    connection: Connection,
    topic: Topic,
    { before, limit }: LoadMessagesPayload,
    id: string | undefined,
  ): Promise<void> {
    this.roomOf(connection, topic);
    const { messages, more } = await this.log.page(topic.name, {
      before,
      limit: Math.min(limit, this.options.limits.pageMessages),
    });
    // The allowance may have gone while the page was fetched.
    if (!connection.subscriptions.has(topic.name)) return;
    const fitting = newestThatFit(messages.map(asBroadcast));
    const page: MessagePage = { messages: fitting, more: more || fitting.length < messages.length };
    connection.tell('load-messages', page, about(topic, id));
  }

  /** Forgets topics that nobody has been subscribed to for long enough. */
  sweep(now: number): void {
    for (const room of this.open) {
      if (!room.idle || room.emptySince === undefined || now - room.emptySince < LINGER_MS) continue;
      this.open.delete(room);
      this.rooms.delete(room.name);
      room.close();
    }
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

  private async room(name: string): Promise<TopicRoom> {
    const known = this.rooms.get(name);
    if (known !== undefined) return known;
    const opening = TopicRoom.open(name, this.broker, this.batcher, this.options.limits);
    this.rooms.set(name, opening);
    try {
      const room = await opening;
      this.open.add(room);
      return room;
    } catch (error) {
      // The next subscriber tries again.
      this.rooms.delete(name);
      throw error;
    }
  }
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

/** The newest messages whose JSON fits into one page, at least one. */
function newestThatFit(messages: readonly ServerFrame[]): readonly ServerFrame[] {
  let bytes = 0;
  let first = messages.length;
  while (first > 0) {
    bytes += Buffer.byteLength(JSON.stringify(messages[first - 1]));
    if (bytes > PAGE_BYTES && first < messages.length) break;
    first -= 1;
  }
  return messages.slice(first);
}
