import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Position } from '@parley/protocol';
import { randomUUID } from 'node:crypto';
import { Broker, type BrokerMessage, type BrokerTopic, type Receive } from './broker';
import { HistoryWindow } from './history-window';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';

/** Milliseconds between two looks at what the windows hold. */
const LOOK_MS = 1_000;

/** Past the limit of all windows together, so much of it stays. */
const KEPT_SHARE = 0.75;

interface LocalTopic {
  readonly epoch: string;
  offset: number;
  readonly window: HistoryWindow;
  readonly holders: Set<Receive>;
}

/** The broker of a service that is one process: everything is delivered before `publish` returns. */
@Injectable()
export class LocalBroker extends Broker implements OnModuleInit, OnApplicationShutdown {
  private readonly topics = new Map<string, LocalTopic>();
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(SOCKET_OPTIONS) private readonly options: Pick<SocketOptions, 'limits'>) {
    super();
  }

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.look(performance.now());
    }, LOOK_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
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
        topic.window.add(deliver(topic, message, offset), offset, performance.now());
        return offset;
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

  /** Quiet topics forget too, and all windows together have a limit: the largest make room. */
  look(now: number): void {
    let bytes = 0;
    for (const { window } of this.topics.values()) {
      window.evict(now);
      bytes += window.bytes;
    }
    const { windowsBytes } = this.options.limits;
    if (bytes <= windowsBytes) return;
    const largest = [...this.topics.values()].map(({ window }) => window).sort((a, b) => b.bytes - a.bytes);
    for (const window of largest) {
      if (bytes <= windowsBytes * KEPT_SHARE) return;
      bytes -= window.bytes;
      window.clear();
    }
  }

  private newTopic(): LocalTopic {
    return { epoch: randomUUID(), offset: 0, window: new HistoryWindow(this.options.limits), holders: new Set() };
  }
}

/** @returns the text of the frame, which is the same for every holder */
function deliver(topic: LocalTopic, message: BrokerMessage, offset: number | undefined): string {
  let text = '';
  for (const receive of topic.holders) text = receive(message, offset);
  return text;
}
