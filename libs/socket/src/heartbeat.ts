import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Connections } from './connections';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';
import { serverFrame } from './text-frame';

/** Milliseconds from one look at all connections to the next: short, so that each finds few that are due. */
const LOOK_MS = 200;

/** Asks every connection for a sign of life, and ends those that give none (L3). */
@Injectable()
export class Heartbeat implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Heartbeat.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly connections: Connections,
    @Inject(SOCKET_OPTIONS) private readonly options: SocketOptions,
  ) {}

  onApplicationBootstrap(): void {
    const { heartbeatMs, pongTimeoutMs } = this.options.limits;
    this.timer = setInterval(
      () => {
        this.beat(performance.now());
      },
      Math.min(LOOK_MS, heartbeatMs / 4, pongTimeoutMs / 4),
    );
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private beat(now: number): void {
    const { heartbeatMs, pongTimeoutMs } = this.options.limits;
    let ping: Buffer | undefined;
    for (const connection of this.connections) {
      const unanswered = connection.lastPinged > connection.lastHeard;
      if (!unanswered && now - connection.lastPinged >= heartbeatMs) {
        connection.lastPinged = now;
        connection.send((ping ??= serverFrame('ping', null)));
      } else if (unanswered && now - connection.lastPinged >= pongTimeoutMs) {
        this.logger.debug(`Connection ${connection.id} gave no sign of life.`);
        connection.terminate();
      }
    }
  }
}
