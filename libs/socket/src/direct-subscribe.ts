import { Injectable } from '@nestjs/common';
import type { DecodedFrame } from '@parley/protocol';
import type { Connection } from './connection';
import { answerFailure } from './protocol-error.filter';
import { SocketGateway, isTopicFrame } from './socket.gateway';
import { TopicAllowance } from './topic-allowance.guard';

/**
 * The way of a subscribe frame, which everyone who comes in sends for each topic: the gateway's guard, the gateway's
 * handler and the gateway's answer to what fails are called one after the other, without Nest's pipeline around them.
 */
@Injectable()
export class DirectSubscribe {
  constructor(
    private readonly guard: TopicAllowance,
    private readonly gateway: SocketGateway,
  ) {}

  /** Never rejects. */
  async take(connection: Connection, frame: DecodedFrame): Promise<void> {
    try {
      await this.guard.require(connection, frame, 'subscribe');
      // The guard lets nothing through that has no topic.
      if (isTopicFrame(frame)) await this.gateway.subscribe(connection, frame);
    } catch (error) {
      answerFailure(connection, frame, error);
    }
  }
}
