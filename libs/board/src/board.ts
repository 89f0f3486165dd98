import type { Channel } from '@parley/client';
import type { Observable } from 'rxjs';
import * as Y from 'yjs';
import type { BoardActions } from './actions';
import type { BoardLive, BoardSession, BoardStatus } from './board-session';
import type { BoardKeep } from './keep/board-keep';
import { BoardLiveHub } from './live/board-live-hub';
import type { BoardScene } from './scene/board-scene';
import { Scene } from './scene/scene';
import { BoardSync } from './sync/board-sync';
import type { BoardState } from './wire/board-state';

export interface BoardOptions {
  readonly channel: Channel<BoardActions>;
  /** The userId of whoever draws here. */
  readonly me: string;
  /** This window's, as far as it is known. */
  readonly connectionId: () => string | undefined;
  /** `GET /api/exchanges/:id/board?after=…`; after 0 everything. Where it rejects it is asked again, with growing waits. */
  readonly fetchState: (after: number) => Promise<BoardState>;
  /** Where what is not acknowledged outlives the page. */
  readonly keep: BoardKeep;
  /** What went wrong and is tried again, for a log. */
  readonly report: (error: unknown) => void;
}

/** The whiteboard of an exchange, over its topic. */
export class Board implements BoardSession {
  readonly scene: BoardScene;
  readonly live: BoardLive;
  readonly status: Observable<BoardStatus>;
  readonly #sync: BoardSync;
  readonly #hub: BoardLiveHub;

  constructor({ channel, me, connectionId, ...options }: BoardOptions) {
    const doc = new Y.Doc();
    this.#hub = new BoardLiveHub({ channel, connectionId });
    this.#sync = new BoardSync({ doc, channel, ...options });
    this.scene = new Scene(doc, { author: me });
    this.live = this.#hub;
    this.status = this.#sync.status;
  }

  open(): void {
    this.#sync.open();
    this.#hub.open();
  }

  close(): void {
    this.#sync.close();
    this.#hub.close();
  }

  async discard(): Promise<void> {
    this.#hub.close();
    await this.#sync.discard();
  }
}
