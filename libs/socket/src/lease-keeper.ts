import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Topic } from '@parley/protocol';
import { AllowanceDesk } from './allowance-desk';
import type { Connection } from './connection';
import { Connections } from './connections';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';
import { TopicHub } from './topic-hub';
import type { TopicRoom } from './topic-room';

/** Longest time between two looks at the leases, in milliseconds. */
const MAX_INTERVAL_MS = 1_000;

/**
 * Asks the guard again before a subscription's lease runs out, and ends it when the answer is no (S6). A guard that does
 * not answer is asked until the lease is over.
 */
@Injectable()
export class LeaseKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private readonly interval: number;
  private readonly asking = new Set<string>();

  constructor(
    private readonly connections: Connections,
    private readonly hub: TopicHub,
    private readonly desk: AllowanceDesk,
    @Inject(SOCKET_OPTIONS) private readonly options: SocketOptions,
  ) {
    this.interval = Math.min(MAX_INTERVAL_MS, options.limits.leaseMs / 4);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.look(performance.now());
    }, this.interval);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private look(now: number): void {
    // Early enough that even the slowest guard has answered, or was given up, when the lease runs out.
    const due = now + this.options.limits.guardTimeoutMs + this.interval;
    this.connections.forEach((connection) => {
      const { leases, subscriptions } = connection;
      for (const topicName of leases.endingUntil(due, subscriptions)) {
        const room = subscriptions.get(topicName);
        // Whoever waits for an answer after a change has that to wait for.
        if (room !== undefined && room.settled(connection) === undefined) void this.renew(connection, room);
      }
    });
    this.hub.sweep(now);
  }

  private async renew(connection: Connection, room: TopicRoom): Promise<void> {
    const { topic } = room;
    const key = `${connection.id} ${topic.name}`;
    if (this.asking.has(key)) {
      // The guard has had all the time there was.
      if (isOver(connection, topic)) this.hub.turnAway(connection);
      return;
    }
    this.asking.add(key);
    const answer = await this.desk.renew(connection, topic, 'subscribe');
    this.asking.delete(key);
    if (answer === 'no') this.hub.shutOut(connection, topic.name);
    // Asked again at the next look, until the lease is over.
    const waits = room.settled(connection) !== undefined;
    if (answer === 'unknown' && !waits && room.has(connection) && isOver(connection, topic))
      this.hub.turnAway(connection);
  }
}

function isOver({ leases }: Connection, { name }: Topic): boolean {
  return leases.until(name, 'subscribe') <= performance.now();
}
