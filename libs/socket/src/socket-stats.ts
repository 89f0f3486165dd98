import { Injectable } from '@nestjs/common';
import { Connections } from './connections';
import { StoreBatcher } from './store-batcher';
import { TopicHub } from './topic-hub';

/** What the engine is doing, for the service's metrics. Counts since the start unless said otherwise. */
export interface SocketFigures {
  /** Open now. */
  readonly connections: number;
  /** Held now. */
  readonly topics: number;
  /** Held now, over all connections. */
  readonly subscriptions: number;
  readonly storedMessages: number;
  readonly storedBatches: number;
  /** Connections that a new socket took up again (T4). */
  readonly resumed: number;
  /** Subscriptions that got what they had missed (H2). */
  readonly recovered: number;
  /** Subscriptions that came back too late for that, and have to load pages. */
  readonly unrecovered: number;
  /** Subscriptions ended because the right to them was taken away (S6). */
  readonly revoked: number;
  /** Connections that ended, by their close code (RFC 6455 §7.4); 1006: no goodbye, 0: one of the peer's own. */
  readonly ended: ReadonlyMap<number, number>;
}

@Injectable()
export class SocketStats {
  constructor(
    private readonly connections: Connections,
    private readonly hub: TopicHub,
    private readonly batcher: StoreBatcher,
  ) {}

  read(): SocketFigures {
    let subscriptions = 0;
    for (const room of this.hub.openRooms) subscriptions += room.size;
    return {
      connections: this.connections.size,
      topics: this.hub.openRooms.size,
      subscriptions,
      storedMessages: this.batcher.totals.messages,
      storedBatches: this.batcher.totals.batches,
      ...this.hub.totals,
      ended: this.connections.ended,
    };
  }
}
