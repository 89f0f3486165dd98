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
    };
  }
}
