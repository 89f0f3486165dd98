import { Injectable } from '@nestjs/common';
import type { Position } from '@parley/protocol';
import { randomUUID } from 'node:crypto';
import { Broker, type BrokerMessage, type BrokerTopic, type Receive } from './broker';

interface LocalTopic {
  readonly epoch: string;
  offset: number;
  readonly holders: Set<Receive>;
}

/** The broker of a service that is one process: everything is delivered before `publish` returns. */
@Injectable()
export class LocalBroker extends Broker {
  private readonly topics = new Map<string, LocalTopic>();

  open(name: string, receive: Receive): Promise<BrokerTopic> {
    const topic = this.topics.get(name) ?? { epoch: randomUUID(), offset: 0, holders: new Set<Receive>() };
    this.topics.set(name, topic);
    topic.holders.add(receive);
    return Promise.resolve({
      get position(): Position {
        return { epoch: topic.epoch, offset: topic.offset };
      },
      publish: (message) => {
        topic.offset += 1;
        const { offset } = topic;
        deliver(topic, message, offset);
        return Promise.resolve(offset);
      },
      relay: (message) => {
        deliver(topic, message, undefined);
      },
      close: () => {
        topic.holders.delete(receive);
        if (topic.holders.size === 0 && this.topics.get(name) === topic) this.topics.delete(name);
      },
    });
  }
}

function deliver(topic: LocalTopic, message: BrokerMessage, offset: number | undefined): void {
  for (const receive of topic.holders) receive(message, offset);
}
