import { Board, decodeBoardState, FIRST_PAGE, MemoryKeep, type BoardActions, type BoardStatus } from '@parley/board';
import { contentOf, edit, perform } from '@parley/board/testing';
import { SocketClient } from '@parley/client';
import * as fc from 'fast-check';
import { BehaviorSubject, filter, firstValueFrom, race, Subject, type Observable } from 'rxjs';
import { FaultProxy, type HttpPerson } from '@parley/harness';
import { World } from '@parley/harness/world';
import { formatTopic } from '@parley/protocol';
import { WebSocket } from 'ws';

const EDITS = 150;

/** Says when something is kept: then the frame in which it was done is over, and it is on its way. */
class WatchedKeep extends MemoryKeep {
  readonly added = new Subject<void>();

  override add(update: Uint8Array): Promise<number> {
    const key = super.add(update);
    this.added.next();
    return key;
  }
}

/** A board as a page has it, behind a network that a test can break. */
class Drawer {
  readonly keep = new WatchedKeep();
  board: Board;
  private readonly opened: Board[] = [];
  private client: SocketClient;

  private constructor(
    private readonly person: HttpPerson,
    readonly network: FaultProxy,
    private readonly id: string,
  ) {
    [this.client, this.board] = this.open();
  }

  static async begin(person: HttpPerson, id: string): Promise<Drawer> {
    const network = await FaultProxy.before(person.server.url);
    return new Drawer(person.at(network), network, id);
  }

  /** The window goes without a word, and another one is opened. */
  reload(): void {
    this.client.disconnect();
    this.network.cut();
    [this.client, this.board] = this.open();
  }

  /** What was done here is on its way, if anything was. */
  async sent(): Promise<void> {
    if (this.keep.kept.size > 0) return;
    await firstValueFrom(race(this.keep.added, this.status.pipe(filter(({ queued }) => queued === 0))));
  }

  /** What an earlier window left is taken up. */
  async takenUp(): Promise<void> {
    await firstValueFrom(this.status.pipe(filter(({ queued }) => queued > 0)));
  }

  /** Everything that was done here is on the server. */
  async settled(): Promise<void> {
    await firstValueFrom(this.status.pipe(filter(({ state, queued }) => state === 'open' && queued === 0)));
  }

  async end(): Promise<void> {
    for (const board of this.opened) board.close();
    this.client.disconnect();
    await this.network.close();
  }

  private get status(): Observable<BoardStatus> {
    return this.board.status;
  }

  private open(): [SocketClient, Board] {
    const { person, id } = this;
    const connectionId = new BehaviorSubject<string | undefined>(undefined);
    const client = new SocketClient({
      ticket: (resume) => person.ticket(resume),
      url: this.network.socketUrl,
      backoff: { min: 100, max: 500 },
      webSocket: (url) => new WebSocket(url, { perMessageDeflate: false }),
    });
    client.connectionId$.subscribe(connectionId);
    const board = new Board({
      channel: client.channel<BoardActions>(formatTopic('exchange', 'whiteboard', id)),
      me: person.userId,
      connectionId: () => connectionId.value,
      fetchState: async (after) => {
        const { status, bytes } = await person.download(`/api/exchanges/${id}/board?after=${after}`);
        if (status !== 200) throw new Error(`The board could not be read: ${status}`);
        return decodeBoardState(bytes);
      },
      keep: this.keep,
      // A network that breaks is what this is about.
      report: () => undefined,
    });
    board.open();
    this.opened.push(board);
    return [client, board];
  }
}

describe('two boards against the real server', () => {
  let world: World;
  let drawers: Drawer[];

  beforeAll(async () => {
    // Compacted all the time: what one hears, another gets from a snapshot.
    world = await World.start({ BOARD_COMPACT_AFTER: '20' });
  });

  beforeEach(async () => {
    const { id } = await world.book(world.ann, [world.ben]);
    drawers = await Promise.all([world.ann, world.ben].map((person) => Drawer.begin(person, id)));
    await Promise.all(drawers.map((drawer) => drawer.settled()));
  });

  afterEach(() => Promise.all(drawers.map((drawer) => drawer.end())));

  afterAll(() => world.stop());

  /** Each has heard what the other did last. */
  async function agreed(): Promise<void> {
    await Promise.all(drawers.map((drawer) => drawer.settled()));
    const marks = drawers.map(
      ({ board }, at) => board.scene.addPages([{ kind: 'board', name: `mark ${at}`, width: 0, height: 0 }])[0],
    );
    const isThere = (drawer: Drawer) =>
      marks.every((mark) => mark !== undefined && drawer.board.scene.page(mark) !== undefined);
    for (const drawer of drawers) {
      if (isThere(drawer)) continue;
      await firstValueFrom(drawer.board.scene.changes.pipe(filter(() => isThere(drawer))));
    }
    const [ann, ben] = drawers.map(({ board }) => contentOf(board.scene));
    expect(ben).toEqual(ann);
  }

  const edits = fc.sample(edit, { numRuns: 2 * EDITS, seed: 20261123 });

  it('[W1] [W2] are the same afterwards, although every tenth change is cut off on its way', async () => {
    let cuts = 0;
    for (const [turn, what] of edits.entries()) {
      const drawer = drawers[turn % 2]!;
      perform(drawer.board.scene, what);
      await drawer.sent();
      if (turn % 10 === 9) {
        drawer.network.cut();
        cuts += 1;
      }
    }
    await agreed();
    expect(cuts).toBe(30);
    const size = drawers[0]!.board.scene.size;
    expect(size).toBeGreaterThan(0);
  });

  it('[W4] are the same after both drew without a network, one of them over a reload', async () => {
    const [ann, ben] = drawers as [Drawer, Drawer];
    for (const { network } of drawers) {
      network.refuse();
      network.cut();
    }
    for (const [turn, what] of edits.entries()) perform(drawers[turn % 2]!.board.scene, what);
    await Promise.all(drawers.map((drawer) => drawer.sent()));
    expect(ann.keep.kept.size).toBeGreaterThan(0);
    const before = contentOf(ann.board.scene);
    ann.reload();
    await ann.takenUp();
    expect(contentOf(ann.board.scene)).toEqual(before);
    for (const { network } of drawers) network.heal();
    await agreed();
    expect([ann.keep.kept.size, ben.keep.kept.size].filter((left) => left > 1)).toEqual([]);
    expect(ann.board.scene.shapes(FIRST_PAGE).length).toBeGreaterThan(0);
  });
});
