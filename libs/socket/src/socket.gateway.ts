import { UseFilters } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayDisconnect,
} from '@nestjs/websockets';
import { loadMessagesPayload, subscribePayload, type DecodedFrame, type Topic } from '@parley/protocol';
import type { z } from 'zod';
import type { Connection } from './connection';
import { Connections } from './connections';
import { ProtocolError } from './protocol-error';
import { ProtocolErrorFilter } from './protocol-error.filter';
import { SOCK_PATH } from './socket-options';
import { Allowed } from './topic-allowance.guard';
import { TopicHub } from './topic-hub';

/** Stands for every action that is not reserved (F2); no action can have this name. */
export const CUSTOM_ACTION = '*';

/** A frame of an action that needs a topic; the codec lets no other through. */
type TopicFrame = DecodedFrame & { readonly topic: Topic };

/** The protocol's face: what a client may say, and who answers. */
@WebSocketGateway({ path: SOCK_PATH })
@UseFilters(ProtocolErrorFilter)
export class SocketGateway implements OnGatewayDisconnect<Connection> {
  constructor(
    private readonly hub: TopicHub,
    private readonly connections: Connections,
  ) {}

  @SubscribeMessage('subscribe')
  @Allowed('subscribe')
  subscribe(
    @ConnectedSocket() connection: Connection,
    @MessageBody() { topic, payload, id }: TopicFrame,
  ): Promise<void> {
    parse(subscribePayload, payload);
    return this.hub.subscribe(connection, topic, id);
  }

  @SubscribeMessage('unsubscribe')
  unsubscribe(@ConnectedSocket() connection: Connection, @MessageBody() { topic, id }: TopicFrame): void {
    this.hub.unsubscribe(connection, topic, id);
  }

  @SubscribeMessage('load-subscribers')
  loadSubscribers(@ConnectedSocket() connection: Connection, @MessageBody() { topic, id }: TopicFrame): void {
    this.hub.loadSubscribers(connection, topic, id);
  }

  @SubscribeMessage('load-messages')
  loadMessages(
    @ConnectedSocket() connection: Connection,
    @MessageBody() { topic, payload, id }: TopicFrame,
  ): Promise<void> {
    return this.hub.loadMessages(connection, topic, parse(loadMessagesPayload, payload), id);
  }

  @SubscribeMessage(CUSTOM_ACTION)
  @Allowed('publish')
  publish(@ConnectedSocket() connection: Connection, @MessageBody() frame: TopicFrame): Promise<void> {
    return this.hub.publish(connection, frame.topic, frame);
  }

  @SubscribeMessage('ping')
  ping(@ConnectedSocket() connection: Connection, @MessageBody() { id }: DecodedFrame): void {
    connection.tell('pong', null, id === undefined ? {} : { id });
  }

  /** Any frame shows that the peer lives, and was noted when it arrived. */
  @SubscribeMessage('pong')
  pong(): void {
    return undefined;
  }

  handleDisconnect(connection: Connection): void {
    this.connections.remove(connection);
    this.hub.leaveAll(connection);
  }
}

/** @throws ProtocolError `malformed` with the first mistake */
function parse<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ProtocolError('malformed', `payload.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`);
}
