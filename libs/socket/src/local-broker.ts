import { Inject, Injectable } from '@nestjs/common';
import type { Position } from '@parley/protocol';
import { randomUUID } from 'node:crypto';
import { Broker, type BrokerMessage, type BrokerTopic, type Receive } from './broker';
import { HistoryWindow } from './history-window';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';

interface LocalTopic {
  readonly epoch: string;
  offset: number;
  readonly window: HistoryWindow;
  readonly holders: Set<Receive>;
}

/** The broker of a service that is one process: everything is delivered before `publish` returns. */
@Injectable()
export class LocalBroker extends Broker {
  private readonly topics = new Map<string, LocalTopic>();

  constructor(@Inject(SOCKET_OPTIONS) private readonly options: Pick<SocketOptions, 'limits'>) {
    super();
  }

  open(name: string, receive: Receive): Promise<BrokerTopic> {
    const topic = this.topics.get(name) ?? this.newTopic();
    this.topics.set(name, topic);
    topic.holders.add(receive);
    return Promise.resolve({
      get position(): Position {
        return { epoch: topic.epoch, offset: topic.offset };
      },
      publish: (message) => {
        topic.offset += 1;
        const { offset } = topic;
        topic.window.add(message, offset, deliver(topic, message, offset), performance.now());
        return Promise.resolve(offset);
      },
      relay: (message) => {
        deliver(topic, message, undefined);
      },
      replay: ({ epoch, offset }) =>
        epoch === topic.epoch ? topic.window.since(offset, topic.offset, performance.now()) : undefined,
      close: () => {
        topic.holders.delete(receive);
        if (topic.holders.size === 0 && this.topics.get(name) === topic) this.topics.delete(name);
      },
    });
  }

  private newTopic(): LocalTopic {
    return { epoch: randomUUID(), offset: 0, window: new HistoryWindow(this.options.limits), holders: new Set() };
  }
}

/** @returns the bytes of the message as a frame */
function deliver(topic: LocalTopic, message: BrokerMessage, offset: number | undefined): number {
  let bytes = 0;
  for (const receive of topic.holders) bytes = Math.max(bytes, receive(message, offset));
  return bytes;
}
