import { BOARD_STATE_TYPE, base64Of, decodeBoardState, readUpdate, type BoardState } from '@parley/board/wire';
import { RawSocket, type HttpPerson, type SeenFrame } from '@parley/harness';
import { World } from '@parley/harness/world';
import { problem, formatTopic, type Json } from '@parley/protocol';
import * as Y from 'yjs';

const compactAfter = 20;

/** A board in a page: a document, and a socket that its updates go over. */
class Page {
  readonly doc = new Y.Doc();
  readonly acks: SeenFrame[] = [];
  private readonly updates: Uint8Array[] = [];

  private constructor(
    private readonly topic: string,
    readonly socket: RawSocket,
  ) {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'stored') this.updates.push(update);
    });
  }

  static async open(person: HttpPerson, topic: string): Promise<Page> {
    const page = new Page(topic, await RawSocket.connect(person));
    await page.socket.subscribe(topic);
    return page;
  }

  /** One update for each word, each acknowledged. */
  async draw(words: readonly string[]): Promise<void> {
    for (const word of words) this.doc.getArray('words').push([word]);
    for (const update of this.updates.splice(0)) this.acks.push(await this.store({ update: base64Of(update) }));
  }

  store(payload: Json, id = `${this.socket.connectionId}-${this.acks.length}`): Promise<SeenFrame> {
    return this.socket.ask({ action: 'board-update', topic: this.topic, store: true, payload, id });
  }
}

describe('the whiteboard of an exchange', () => {
  let world: World;
  let id: string;
  let topic: string;

  beforeAll(async () => {
    world = await World.start({ BOARD_COMPACT_AFTER: String(compactAfter) });
  });

  beforeEach(async () => {
    ({ id } = await world.book(world.ann, [world.ben]));
    topic = formatTopic('exchange', 'whiteboard', id);
  });

  afterEach(() => world.stillServes());

  afterAll(() => world.stop());

  const path = (): string => `/api/exchanges/${id}/board`;

  async function read(person: HttpPerson, query = ''): Promise<BoardState> {
    const { status, headers, bytes } = await person.download(path() + query);
    expect([status, headers.get('content-type')]).toEqual([200, BOARD_STATE_TYPE]);
    return decodeBoardState(bytes);
  }

  function wordsOf({ snapshot, tail }: BoardState, doc = new Y.Doc()): string[] {
    if (snapshot !== undefined) Y.applyUpdate(doc, snapshot, 'stored');
    for (const { update } of tail) Y.applyUpdate(doc, update, 'stored');
    return doc.getArray('words').toJSON() as string[];
  }

  /** Reads until the server has merged everything. */
  async function compacted(person: HttpPerson): Promise<BoardState> {
    for (;;) {
      const state = await read(person);
      if (state.tail.length === 0) return state;
    }
  }

  const many = (prefix: string, count: number): string[] =>
    Array.from({ length: count }, (_, number) => `${prefix} ${number}`);

  it('is for its participants alone', async () => {
    const { status, body } = await world.cleo.request('GET', path());
    expect([status, problem.parse(body)]).toMatchObject([404, { code: 'not-found' }]);
    expect((await read(world.ben)).tail).toEqual([]);
  });

  it('is what everybody has drawn, also once it is compacted, and who comes back gets what is new', async () => {
    const [ann, ben] = [await Page.open(world.ann, topic), await Page.open(world.ben, topic)];
    await ann.draw(['café', '👩‍👩‍👧']);
    expect(wordsOf(await read(world.ben), ben.doc)).toEqual(['café', '👩‍👩‍👧']);
    await ben.draw(['日本語', ...many('café', compactAfter)]);
    const before = await read(world.ann);
    const expected = wordsOf(before, ann.doc);
    expect(expected).toEqual(ben.doc.getArray('words').toJSON());
    const after = await compacted(world.ann);
    expect(after.seq).toBe(before.seq);
    expect(wordsOf(after)).toEqual(expected);
    expect(await read(world.ann, `?after=${before.seq}`)).toEqual({ seq: before.seq, tail: [] });
    await ben.draw(['last']);
    const news = await read(world.ann, `?after=${before.seq}`);
    expect([news.seq, news.snapshot, news.tail.length]).toEqual([before.seq + 1, undefined, 1]);
    expect(wordsOf(news, ann.doc)).toEqual([...expected, 'last']);
    for (const { socket } of [ann, ben]) await socket.close();
  });

  it('[P3] [H1] compacted updates are in the history without their content, and a repeat gets its first ack', async () => {
    const ann = await Page.open(world.ann, topic);
    await ann.draw(many('日本語', compactAfter + 1));
    const state = await compacted(world.ben);
    const page = await ann.socket.ask({ action: 'load-messages', topic, payload: null });
    const messages = page.payload.messages as SeenFrame[];
    expect(messages.map(({ payload }) => readUpdate(payload as Json))).toEqual(messages.map(() => 'compacted'));
    expect(messages.map(({ seq }) => seq)).toEqual(ann.acks.map(({ payload }) => payload.seq));
    const repeat = await ann.store({ update: 'AAA=' }, `${ann.socket.connectionId}-0`);
    expect(repeat.payload).toEqual(ann.acks[0]?.payload);
    expect(await read(world.ben)).toEqual(state);
    await ann.socket.close();
  });

  it('loses nothing when the server is killed in the middle of a compaction', async () => {
    const ann = await Page.open(world.ann, topic);
    const words = many('👩‍👩‍👧', compactAfter + 5);
    await ann.draw(words);
    const held = await world.database.connect();
    await held.query('BEGIN');
    // Who writes this row has to wait: the snapshot is written then, and the rows are not.
    await held.query('SELECT FROM topic_messages WHERE topic = $1 AND seq = 3 FOR UPDATE', [topic]);
    await read(world.ben);
    await untilWaiting();
    expect(wordsOf(await read(world.ben))).toEqual(words);
    await world.server.stop('SIGKILL');
    await held.query('ROLLBACK');
    held.release();
    await world.restart();
    const after = await read(world.ben);
    expect(wordsOf(after)).toEqual(words);
    expect(after.seq).toBe(words.length);
    const merged = await compacted(world.ben);
    expect([wordsOf(merged), merged.seq]).toEqual([words, words.length]);
  });

  /** Until the server's compaction waits for a row that somebody else holds. */
  async function untilWaiting(): Promise<void> {
    for (;;) {
      const { rowCount } = await world.database.query(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE topic_messages SET payload%'`,
      );
      if (rowCount === 1) return;
    }
  }
});
