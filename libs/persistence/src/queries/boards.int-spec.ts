import { randomUUID } from 'node:crypto';
import type { Json } from '@parley/protocol';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../data-source';
import { PostgresMessageLog } from '../message-log/postgres-message-log';
import { startTestPostgres, type TestPostgres } from '../testing';
import { Boards, type BoardMerge, type BoardRow } from './boards';

const ann = '00000000-0000-4000-8000-00000000000a';

/** The snapshot is the words of everything merged, so that nothing can hide in it. */
const words =
  (left: (row: BoardRow) => boolean = () => false): BoardMerge =>
  (snapshot, tail) =>
    Promise.resolve({
      snapshot: Buffer.from([...textOf(snapshot), ...tail.filter((row) => !left(row)).map(wordOf)].join(' ')),
      left: tail.flatMap((row, place) => (left(row) ? [place] : [])),
    });

const wordOf = ({ payload }: BoardRow): string => (payload as { update: string }).update;
const textOf = (snapshot: Uint8Array | undefined): string[] => {
  const text = Buffer.from(snapshot ?? []).toString();
  return text === '' ? [] : text.split(' ');
};

describe('Boards', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let boards: Boards;
  let log: PostgresMessageLog;
  let topic: string;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    dataSource = await createDataSource({ url: await postgres.createDatabase(), poolSize: 5 }).initialize();
    boards = new Boards(dataSource);
    log = new PostgresMessageLog(dataSource);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  beforeEach(() => {
    topic = `exchange/whiteboard:${randomUUID()}`;
  });

  const message = (payload: Json, id: string | undefined, action = 'board-update') => ({
    topic,
    action,
    userId: ann,
    sender: 'connection-1',
    id,
    payload,
    timestamp: new Date(),
  });

  const store = (...updates: string[]) => log.append(updates.map((update) => message({ update }, `id-${update}`)));

  async function everything(after?: number): Promise<readonly string[]> {
    const { snapshot, tail } = await boards.read(topic, after);
    return [...textOf(snapshot), ...tail.map(wordOf)];
  }

  it('reads nothing where nothing was stored', async () => {
    expect(await boards.read(topic)).toEqual({ seq: 0, tail: [] });
  });

  it('reads what was stored, and what came after', async () => {
    await store('café', '👩‍👩‍👧', '日本語');
    const { seq, snapshot, tail } = await boards.read(topic);
    expect([seq, snapshot, tail.map(wordOf)]).toEqual([3, undefined, ['café', '👩‍👩‍👧', '日本語']]);
    expect(tail[0]).toMatchObject({ seq: 1, userId: ann });
    expect(await everything(2)).toEqual(['日本語']);
    expect(await boards.read(topic, 3)).toEqual({ seq: 3, tail: [] });
  });

  it('covers other messages of the topic without answering them', async () => {
    await store('one');
    await log.append([message({ text: 'café' }, undefined, 'note')]);
    expect(await boards.read(topic)).toMatchObject({ seq: 2, tail: [{ seq: 1 }] });
    expect(await boards.compact(topic, words())).toEqual({ merged: 1, more: false });
    expect(await boards.read(topic, 2)).toEqual({ seq: 2, tail: [] });
    expect((await boards.read(topic, 1)).snapshot?.toString()).toBe('one');
  });

  it('answers each update once after a compaction, from the snapshot or the tail', async () => {
    await store('one', 'two');
    await boards.compact(topic, words());
    await store('three');
    expect(await everything()).toEqual(['one', 'two', 'three']);
    expect(await everything(2)).toEqual(['three']);
    expect(await everything(3)).toEqual([]);
    await boards.compact(topic, words());
    expect(await everything()).toEqual(['one', 'two', 'three']);
    expect(await boards.read(topic, 3)).toEqual({ seq: 3, tail: [] });
  });

  it('keeps what is left over, answers it although it is older than the snapshot, and merges it when it can', async () => {
    await store('one', 'part', 'three');
    const merged = await boards.compact(
      topic,
      words((row) => wordOf(row) === 'part'),
    );
    expect(merged).toEqual({ merged: 2, more: false });
    expect(await everything()).toEqual(['one', 'three', 'part']);
    expect(await everything(3)).toEqual(['part']);
    await boards.compact(topic, words());
    expect(await everything()).toEqual(['one', 'three', 'part']);
    expect(await everything(3)).toEqual([]);
  });

  it('gives up what is left over after a week', async () => {
    await store('one', 'part');
    await dataSource.query(
      `UPDATE topic_messages SET created_at = now() - interval '8 days' WHERE topic = $1 AND seq = 2`,
      [topic],
    );
    await boards.compact(
      topic,
      words((row) => wordOf(row) === 'part'),
    );
    expect(await everything()).toEqual(['one']);
  });

  it('reads all of the state before or all of that after, and loses nothing that is stored while it merges', async () => {
    await store('one', 'two');
    const seen: (readonly string[])[] = [];
    await boards.compact(topic, async (snapshot, tail) => {
      await store('three');
      seen.push(await everything());
      return words()(snapshot, tail);
    });
    seen.push(await everything());
    expect(seen).toEqual([
      ['one', 'two', 'three'],
      ['one', 'two', 'three'],
    ]);
    const { snapshot, tail, seq } = await boards.read(topic);
    expect([textOf(snapshot), tail.map(wordOf), seq]).toEqual([['one', 'two'], ['three'], 3]);
  });

  it('is never done twice at once, and other boards do not wait', async () => {
    await store('one');
    const other = `exchange/whiteboard:${randomUUID()}`;
    const answers: unknown[] = [];
    await boards.compact(topic, async (snapshot, tail) => {
      answers.push(await boards.compact(topic, words()));
      answers.push(await boards.compact(other, words()));
      return words()(snapshot, tail);
    });
    expect(answers).toEqual(['busy', { merged: 0, more: false }]);
    expect(await everything()).toEqual(['one']);
  });

  it('changes nothing when merging fails', async () => {
    await store('one', 'two');
    await boards.compact(topic, words());
    await store('three');
    await expect(boards.compact(topic, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const { snapshot, tail } = await boards.read(topic);
    expect([textOf(snapshot), tail.map(wordOf)]).toEqual([['one', 'two'], ['three']]);
    expect(await boards.compact(topic, words())).toEqual({ merged: 1, more: false });
  });

  it('changes nothing when its connection dies before the commit', async () => {
    await store('one', 'two');
    await expect(
      boards.compact(topic, async (snapshot, tail) => {
        await dataSource.query(
          `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (
            SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        return words()(snapshot, tail);
      }),
    ).rejects.toThrow();
    const { snapshot, tail } = await boards.read(topic);
    expect([snapshot, tail.map(wordOf)]).toEqual([undefined, ['one', 'two']]);
    expect(await boards.compact(topic, words())).toEqual({ merged: 2, more: false });
  });

  it('[P3] a repeat of what is compacted gets its first answer, and is not stored again', async () => {
    const [first] = await store('one', 'two');
    await boards.compact(topic, words());
    expect(await store('one')).toEqual([{ ...first, repeated: true }]);
    expect(await everything()).toEqual(['one', 'two']);
    const { messages } = await log.page(topic, { before: undefined, limit: 10 });
    expect(messages.map(({ payload }) => payload)).toEqual([{ compacted: true }, { compacted: true }]);
  });

  it('merges a long tail in more than one go', async () => {
    const update = 'x'.repeat(60_000);
    for (let batch = 0; batch < 3; batch += 1) {
      await log.append(Array.from({ length: 100 }, () => message({ update }, undefined)));
    }
    const one = await boards.compact(topic, words());
    expect(one).toMatchObject({ more: true });
    const { snapshot, tail } = await boards.read(topic);
    expect(textOf(snapshot).length + tail.length).toBe(300);
    const two = await boards.compact(topic, words());
    expect(
      [one, two].map((done) => done !== 'busy' && done.merged).reduce<number>((sum, n) => sum + Number(n), 0),
    ).toBe(300);
    expect(two).toMatchObject({ more: false });
    expect(await everything()).toHaveLength(300);
  });

  it('finds the boards that have grown since their snapshot, and no other topics', async () => {
    await store('one', 'two', 'three');
    const text = `exchange/text:${randomUUID()}`;
    await log.append([1, 2, 3].map(() => ({ ...message({}, undefined), topic: text })));
    expect(await boards.grown(2)).toContain(topic);
    expect(await boards.grown(2)).not.toContain(text);
    expect(await boards.grown(3)).not.toContain(topic);
    await boards.compact(topic, words());
    expect(await boards.grown(2)).not.toContain(topic);
  });
});
