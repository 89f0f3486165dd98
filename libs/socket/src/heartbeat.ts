import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Connections } from './connections';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';
import { serverFrame } from './text-frame';

/** Milliseconds from one look at all connections to the next: short, so that each finds few that are due. */
const LOOK_MS = 200;

/**
 * The part of a heartbeat by which a ping may come early, at random: those who are asked in the same look would be asked
 * together for ever, and over hours more and more of them.
 */
const EARLY = 1 / 25;

const ping = serverFrame('ping', null);

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
    this.connections.forEach((connection) => {
      const unanswered = connection.lastPinged > connection.lastHeard;
      if (!unanswered && now >= connection.nextPing) {
        connection.lastPinged = now;
        connection.nextPing = now + heartbeatMs * (1 - Math.random() * EARLY);
        connection.send(ping);
      } else if (unanswered && now - connection.lastPinged >= pongTimeoutMs) {
        this.logger.debug(`Connection ${connection.id} gave no sign of life.`);
        connection.terminate();
      }
    });
  }
}
