import type { MessageMappingProperties } from '@nestjs/websockets';
import { decodeClientFrame, isClientAction, type DecodedFrame, type Limits } from '@parley/protocol';
import type { Connection } from './connection';
import { FrameQueue } from './frame-queue';
import { ProtocolError, aboutFrame } from './protocol-error';
import { answerFailure } from './protocol-error.filter';
import { CUSTOM_ACTION } from './socket.gateway';
import type { TopicHub } from './topic-hub';
import type { TopicRoom } from './topic-room';

/** The way of a text frame to whoever answers it: a handler of the gateway, or, for nearly all, the topic itself. */
export class FrameDispatch {
  private readonly queue: FrameQueue;

  /** @param socket is not read while too many frames wait */
  constructor(
    private readonly connection: Connection,
    private readonly hub: TopicHub,
    private readonly handlers: readonly MessageMappingProperties[],
    private readonly limits: Pick<Limits, 'payloadBytes' | 'queuedFrames'>,
    socket: { pause(): void; resume(): void },
  ) {
    this.queue = new FrameQueue(limits.queuedFrames, (text) => this.dispatch(text), socket);
  }

  take(text: string): void {
    this.queue.push(text);
  }

  close(): void {
    this.queue.close();
  }

  private dispatch(text: string): Promise<void> | undefined {
    const { connection } = this;
    if (!connection.open) return undefined;
    const decoded = decodeClientFrame(text, this.limits.payloadBytes);
    if (!decoded.ok) {
      const { code, message, id } = decoded.failure;
      connection.refuse(new ProtocolError(code, message), id === undefined ? {} : { id });
      connection.strike();
      return undefined;
    }
    const { frame } = decoded;
    const isCustom = !isClientAction(frame.action);
    const refusal = connection.spend(frame.action === 'pong' || (frame.volatile && isCustom));
    if (refusal !== undefined) {
      connection.refuse(refusal, aboutFrame(frame));
      return undefined;
    }
    // It shows that the peer lives, which was noted when it arrived (L3): nobody has to be asked.
    if (frame.action === 'pong') return undefined;
    const room = isCustom ? this.allowedIn(frame) : undefined;
    return room === undefined ? this.hand(frame) : this.publish(room, frame);
  }

  /** What a lease still allows needs no guard, and so neither Nest's way to one (S6); anything else goes there. */
  private allowedIn({ topic, store }: DecodedFrame): TopicRoom | undefined {
    if (topic === undefined) return undefined;
    const { subscriptions, leases } = this.connection;
    const isAllowed = leases.until(topic.name, store ? 'store' : 'publish') > performance.now();
    return isAllowed ? subscriptions.get(topic.name) : undefined;
  }

  private publish(room: TopicRoom, frame: DecodedFrame): Promise<void> | undefined {
    try {
      return this.hub.publishIn(room, this.connection, frame);
    } catch (error) {
      answerFailure(this.connection, frame, error);
      return undefined;
    }
  }

  /** Never rejects: Nest hands whatever a handler throws to the gateway's filter. */
  private async hand(frame: DecodedFrame): Promise<void> {
    const handler = this.handlerOf(frame.action) ?? this.handlerOf(CUSTOM_ACTION);
    await handler?.callback(frame);
  }

  /** There are few, and every connection has its own: an index would cost more than looking. */
  private handlerOf(action: string): MessageMappingProperties | undefined {
    return this.handlers.find(({ message }) => message === action);
  }
}
