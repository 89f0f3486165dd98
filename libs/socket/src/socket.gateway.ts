import { UseFilters } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
} from '@nestjs/websockets';
import { CloseCode, loadMessagesPayload, subscribePayload, type DecodedFrame, type Topic } from '@parley/protocol';
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

/** RFC 6455 §7.1.5: a close frame without a code. */
const NO_CODE = 1005;

/** Who closes with these leaves, or is sent away; after anything else the connection may be resumed (U3). */
const finalCodes: ReadonlySet<number> = new Set([
  CloseCode.normal,
  CloseCode.goingAway,
  NO_CODE,
  CloseCode.badFrames,
  CloseCode.sessionEnded,
  CloseCode.rateLimited,
]);

/** A frame of an action that needs a topic; the codec lets no other through. */
type TopicFrame = DecodedFrame & { readonly topic: Topic };

/** The protocol's face: what a client may say, and who answers. */
@WebSocketGateway({ path: SOCK_PATH })
@UseFilters(ProtocolErrorFilter)
export class SocketGateway implements OnGatewayConnection<Connection>, OnGatewayDisconnect<Connection> {
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
    return this.hub.subscribe(connection, topic, parse(subscribePayload, payload), id);
  }

  @SubscribeMessage('unsubscribe')
  unsubscribe(@ConnectedSocket() connection: Connection, @MessageBody() { topic, id }: TopicFrame): void {
    this.hub.unsubscribe(connection, topic, id);
  }

  @SubscribeMessage('load-subscribers')
  loadSubscribers(@ConnectedSocket() connection: Connection, @MessageBody() { topic, id }: TopicFrame): Promise<void> {
    return this.hub.loadSubscribers(connection, topic, id);
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
  publish(@ConnectedSocket() connection: Connection, @MessageBody() frame: TopicFrame): Promise<void> | undefined {
    return this.hub.publish(connection, frame.topic, frame);
  }

  @SubscribeMessage('ping')
  ping(@ConnectedSocket() connection: Connection, @MessageBody() { id }: DecodedFrame): void {
    connection.tell('pong', null, id === undefined ? {} : { id });
  }

  /** T4: a socket that resumes a connection takes the place of the one that is still open under its id. */
  handleConnection(connection: Connection): void {
    const replaced = this.connections.find(connection.id);
    if (replaced !== undefined) {
      this.connections.remove(replaced);
      this.hub.lapseAll(replaced);
      replaced.close(CloseCode.replaced, 'The connection goes on over another socket.');
    }
    this.hub.resume(connection);
    this.connections.add(connection);
  }

  /** @param code with which the peer closed it, as text: Nest's reasons are texts */
  handleDisconnect(connection: Connection, code?: string): void {
    const endedWith = connection.closedWith ?? Number(code);
    this.connections.count(endedWith);
    // Taken up by another socket, which has what this one left behind (T4).
    if (!this.connections.remove(connection)) return;
    const isOver = finalCodes.has(endedWith) || this.connections.isOver(connection.principal.sessionId);
    if (isOver) this.hub.leaveAll(connection);
    else this.hub.lapseAll(connection);
  }
}

/** @throws ProtocolError `malformed` with the first mistake */
function parse<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ProtocolError('malformed', `payload.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`);
}
