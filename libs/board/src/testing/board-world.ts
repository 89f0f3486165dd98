import { SocketClient } from '@parley/client';
import { FakeClock, FakeServer } from '@parley/client/testing';
import * as Y from 'yjs';
import type { Json } from '@parley/protocol';
import type { BoardActions } from '../actions';
import { MemoryKeep } from '../keep/memory-keep';
import { Scene } from '../scene/scene';
import { BoardSync } from '../sync/board-sync';
import type { BoardState, TailUpdate } from '../wire/board-state';
import { mergeBoard } from '../wire/merge-board';
import { readUpdate } from '../wire/read-update';

export const BOARD_TOPIC = 'exchange/whiteboard:6f1c';

/** A server in memory that keeps boards as ours does: stored messages, and a snapshot of what was compacted. */
export class BoardWorld {
  readonly clock = new FakeClock();
  readonly server: FakeServer;
  /** Times that reading the board fails. */
  failReads = 0;
  /** How many readings asked for everything, and for what was stored since. */
  readonly reads: number[] = [];
  #snapshot: { readonly seq: number; readonly state: Uint8Array } | undefined;

  constructor(window = 50) {
    this.server = new FakeServer({ clock: this.clock, window, grace: 30_000 });
  }

  page(user: string, keep = new MemoryKeep()): BoardPageUnderTest {
    return new BoardPageUnderTest(this, user, keep);
  }

  read(after: number): Promise<BoardState> {
    if (this.failReads > 0) {
      this.failReads -= 1;
      return Promise.reject(new Error('The server does not answer.'));
    }
    this.reads.push(after);
    // As it is now, and answered a little later.
    const state = this.#state(after);
    return new Promise((resolve) => this.clock.after(10, () => resolve(state)));
  }

  compact(): void {
    const { stored } = this.server.topic(BOARD_TOPIC);
    const rows = this.#rows();
    if (rows.length === 0) return;
    const { snapshot, left } = mergeBoard(
      this.#snapshot?.state,
      rows.map(({ tail }) => tail),
    );
    this.#snapshot = { seq: stored.length, state: snapshot };
    const kept = new Set(left);
    for (const [place, { at }] of rows.entries()) {
      const frame = stored[at];
      if (frame !== undefined && !kept.has(place)) stored[at] = { ...frame, payload: { compacted: true } };
    }
  }

  #state(after: number): BoardState {
    const seq = this.server.topic(BOARD_TOPIC).stored.length;
    const isNeeded = this.#snapshot !== undefined && this.#snapshot.seq > after;
    const tail = this.#rows()
      .filter(({ at }) => isNeeded || at + 1 > after)
      .map(({ tail: each }) => each);
    return { seq, ...(isNeeded && this.#snapshot && { snapshot: this.#snapshot.state }), tail };
  }

  #rows(): { readonly at: number; readonly tail: TailUpdate }[] {
    return this.server.topic(BOARD_TOPIC).stored.flatMap(({ payload, userId = '' }, at) => {
      const read = readUpdate(payload);
      return read === undefined || read === 'compacted' ? [] : [{ at, tail: { userId, ...read } }];
    });
  }
}

/** One window with a board. */
export class BoardPageUnderTest {
  readonly doc = new Y.Doc();
  readonly scene: Scene;
  readonly sync: BoardSync;
  readonly client: SocketClient;
  readonly reports: unknown[] = [];

  constructor(
    world: BoardWorld,
    readonly user: string,
    readonly keep: MemoryKeep,
  ) {
    const { clock, server } = world;
    this.client = new SocketClient({
      clock,
      random: () => 0.5,
      backoff: { min: 500, max: 4_000 },
      ...server.optionsFor({ userId: user, name: user }),
    });
    this.scene = new Scene(this.doc, { author: user });
    this.sync = new BoardSync({
      doc: this.doc,
      channel: this.client.channel<BoardActions>(BOARD_TOPIC),
      fetchState: (after) => world.read(after),
      keep,
      soon: (run) => void clock.after(16, run),
      later: (milliseconds, run) => clock.after(milliseconds, run),
      report: (error) => this.reports.push(error),
    });
    this.client.connect();
    this.sync.open();
  }

  /** It is gone from one moment to the next: nothing is said, and nothing more is sent. */
  crash(world: BoardWorld): void {
    for (const connection of world.server.connections) {
      if (connection.user.userId === this.user) world.server.break(this.user);
    }
    this.client.disconnect();
    this.doc.destroy();
  }
}

/** What a client could say that is no board's message. */
export const nonsense: readonly Json[] = [null, 7, 'x', [], {}, { update: 7 }, { update: '%' }, { update: 'AAAA' }];
