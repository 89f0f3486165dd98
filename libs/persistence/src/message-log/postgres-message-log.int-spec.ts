import { randomUUID } from 'node:crypto';
import type { Json } from '@parley/protocol';
import { UnstorableBatch, type Appended, type NewMessage } from '@parley/socket';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { connectionPool, createDataSource } from '../data-source';
import { startTestPostgres, type TestPostgres } from '../testing';
import { PostgresMessageLog } from './postgres-message-log';

const ann = '00000000-0000-4000-8000-00000000000a';
const ben = '00000000-0000-4000-8000-00000000000b';

function message(topic: string, change: Partial<NewMessage> = {}): NewMessage {
  return {
    topic,
    action: 'message',
    userId: ann,
    sender: 'connection-1',
    id: undefined,
    payload: { text: 'café 👩‍👩‍👧 日本語' },
    timestamp: new Date('2026-11-23T10:00:00.123Z'),
    ...change,
  };
}

describe('PostgresMessageLog', () => {
  let postgres: TestPostgres;
  let url: string;
  let dataSource: DataSource;
  let log: PostgresMessageLog;
  let topic: string;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    url = await postgres.createDatabase();
    dataSource = await createDataSource({ url }).initialize();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  beforeEach(() => {
    // A new one: for a while after a repeat it writes in another way.
    log = new PostgresMessageLog(dataSource);
    topic = `exchange/text:${randomUUID()}`;
  });

  async function everything(name: string): Promise<readonly (readonly [number, string | undefined, Json])[]> {
    const rows: (readonly [number, string | undefined, Json])[] = [];
    for (let before: number | undefined; ; before = rows[0]?.[0]) {
      const { messages, more } = await log.page(name, { before, limit: 100 });
      rows.unshift(...messages.map((entry) => [entry.seq, entry.id, entry.payload] as const));
      if (!more) return rows;
    }
  }

  it('[P2] gives seq from 1 in the order of the batch, for each topic', async () => {
    const other = `exchange/call:${randomUUID()}`;
    const answers = await log.append([message(topic), message(other), message(topic), message(topic)]);
    expect(answers.map((answer) => answer.seq)).toEqual([1, 1, 2, 3]);
    expect(answers.every((answer) => !answer.repeated)).toBe(true);
    expect((await log.append([message(topic)]))[0]?.seq).toBe(4);
    expect(await log.append([])).toEqual([]);
  });

  it('[P3] answers a repeat with the first one, from the table and within a batch', async () => {
    const later = new Date('2026-11-23T11:00:00.456Z');
    const first = await log.append([
      message(topic, { id: 'a' }),
      message(topic, { id: 'a', timestamp: later, payload: 'other' }),
      message(topic, { id: 'b', timestamp: later }),
    ]);
    expect(first).toEqual([
      { seq: 1, timestamp: new Date('2026-11-23T10:00:00.123Z'), repeated: false },
      { seq: 1, timestamp: new Date('2026-11-23T10:00:00.123Z'), repeated: true },
      { seq: 2, timestamp: later, repeated: false },
    ]);
    const again = await log.append([
      message(topic, { id: 'b' }),
      message(topic, { id: 'c' }),
      message(topic, { id: 'a' }),
    ]);
    expect(again.map((answer) => [answer.seq, answer.repeated])).toEqual([
      [2, true],
      [3, false],
      [1, true],
    ]);
    expect(await everything(topic)).toHaveLength(3);
  });

  it('[P3] [P6] counts on after a batch with a repeat, wherever in it that is', async () => {
    const other = `exchange/text:${randomUUID()}`;
    await log.append([message(topic, { id: 'a' }), message(other, { id: 'a' })]);
    for (const place of [0, 1, 2]) {
      const batch = [message(other, { id: `x${place}` }), message(topic, { id: `y${place}` })];
      batch.splice(place, 0, message(topic, { id: 'a' }));
      const answers = await log.append(batch);
      const expected = [
        [place + 2, false],
        [place + 2, false],
      ];
      expected.splice(place, 0, [1, true]);
      expect(answers.map((answer) => [answer.seq, answer.repeated])).toEqual(expected);
    }
    expect((await everything(topic)).map(([seq, id]) => [seq, id])).toEqual([
      [1, 'a'],
      [2, 'y0'],
      [3, 'y1'],
      [4, 'y2'],
    ]);
  });

  it('[P3] takes the same id of another user or in another topic for another message', async () => {
    const other = `exchange/text:${randomUUID()}`;
    const answers = await log.append([
      message(topic, { id: 'a' }),
      message(topic, { id: 'a', userId: ben }),
      message(other, { id: 'a' }),
    ]);
    expect(answers.map((answer) => [answer.seq, answer.repeated])).toEqual([
      [1, false],
      [2, false],
      [1, false],
    ]);
  });

  it('[P3] never takes messages without an id for repeats', async () => {
    const answers = await log.append([message(topic), message(topic), message(topic, { id: '1' })]);
    expect(answers.map((answer) => [answer.seq, answer.repeated])).toEqual([
      [1, false],
      [2, false],
      [3, false],
    ]);
  });

  it('returns whatever JSON was stored, equal and with its keys in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
        const name = `exchange/text:${randomUUID()}`;
        // What can be sent is what survives JSON once: -0 does not.
        const payload = JSON.parse(JSON.stringify(value)) as Json;
        await log.append([message(name, { payload })]);
        const [stored] = await everything(name);
        expect(JSON.stringify(stored?.[2])).toBe(JSON.stringify(payload));
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, Json]>([
    ['NUL', { text: 'a\u0000b' }],
    ['a lone surrogate', { text: 'a\ud83db', '\udc00': 1 }],
    ['emoji', '👩‍👩‍👧'],
    ['keys that look like numbers, in order', JSON.parse('{"b":1,"a":2,"__proto__":3}') as Json],
    ['numbers', [1e308, 5e-324, 0.1, Number.MAX_SAFE_INTEGER]],
    ['quotes, backslashes and braces', '{"a\\,b"}\\'],
    ['null', null],
  ])('keeps %s', async (_name, payload) => {
    const answers = await log.append([message(topic), message(topic, { payload }), message(topic)]);
    expect(answers.map((answer) => answer.seq)).toEqual([1, 2, 3]);
    const stored = (await everything(topic))[1]?.[2];
    expect(JSON.stringify(stored)).toBe(JSON.stringify(payload));
  });

  it('[P6] stays gapless when several nodes append to the same topics at once', async () => {
    const topics = Array.from({ length: 6 }, () => `exchange/text:${randomUUID()}`);
    const nodes = await Promise.all(
      Array.from({ length: 4 }, async () => createDataSource({ url, poolSize: 3 }).initialize()),
    );
    const answered = new Map<string, Set<number>>(topics.map((name) => [name, new Set<number>()]));
    const firstOf = new Map<string, number>();
    const appendSome = async (node: PostgresMessageLog, round: number): Promise<void> => {
      // Overlapping topics in another order each time; every id is sent by two rounds.
      const batch = Array.from({ length: 12 }, (_, index) => {
        const name = topics[(index * (1 + (round % 5)) + round) % topics.length]!;
        return message(name, { id: `${round >> 1}-${index}`, payload: { round, index } });
      });
      const answers = await node.append(batch);
      answers.forEach((answer, index) => note(batch[index]!, answer));
    };
    const note = (sent: NewMessage, answer: Appended): void => {
      const key = `${sent.topic} ${sent.id ?? ''}`;
      expect(firstOf.get(key) ?? answer.seq).toBe(answer.seq);
      firstOf.set(key, answer.seq);
      if (!answer.repeated) {
        expect(answered.get(sent.topic)?.has(answer.seq)).toBe(false);
        answered.get(sent.topic)?.add(answer.seq);
      }
    };
    const logs = nodes.map((node) => new PostgresMessageLog(node));
    try {
      await Promise.all(
        logs.flatMap((node, which) =>
          Array.from({ length: 3 }, async (_, lane) => {
            for (let round = 0; round < 15; round += 1) await appendSome(node, round * 12 + which * 3 + lane);
          }),
        ),
      );
    } finally {
      await Promise.all(nodes.map((node) => node.destroy()));
    }
    for (const name of topics) {
      const stored = await everything(name);
      expect(stored.length).toBeGreaterThan(0);
      expect(stored.map(([seq]) => seq)).toEqual(stored.map((_, index) => index + 1));
      expect(answered.get(name)?.size).toBe(stored.length);
      expect(new Set(stored.map(([, id]) => id)).size).toBe(stored.length);
    }
  });

  it('writes nothing of a batch with a message that can never be stored, and says that it never can', async () => {
    await log.append([message(topic)]);
    const batch = [message(topic), message(topic, { userId: 'nobody' })];
    await expect(log.append(batch)).rejects.toThrow(UnstorableBatch);
    expect((await log.append([message(topic)]))[0]?.seq).toBe(2);
  });

  it('[P3] knows the newest seq of each of many topics that are asked about at once, 0 where nothing was stored', async () => {
    const other = `exchange/call:${randomUUID()}`;
    await log.append([message(topic, { id: 'a' }), message(other), message(topic), message(topic, { id: 'a' })]);
    const asked = [topic, `${topic}-never`, other, topic];
    expect(await Promise.all(asked.map((name) => log.newest(name)))).toEqual([2, 0, 1, 2]);
  });

  it('[H1] pages from the newest down, ascending within a page, and says whether older ones exist', async () => {
    await log.append(Array.from({ length: 7 }, (_, index) => message(topic, { id: `id-${index + 1}` })));
    const newest = await log.page(topic, { before: undefined, limit: 3 });
    expect(newest.messages.map((entry) => entry.seq)).toEqual([5, 6, 7]);
    expect(newest.more).toBe(true);
    const oldest = await log.page(topic, { before: 4, limit: 3 });
    expect(oldest.messages.map((entry) => entry.seq)).toEqual([1, 2, 3]);
    expect(oldest.more).toBe(false);
    expect(oldest.messages[0]).toEqual({ ...message(topic, { id: 'id-1' }), seq: 1 });
    expect(await log.page(topic, { before: 1, limit: 3 })).toEqual({ messages: [], more: false });
    expect(await log.page('exchange/text:none', { before: undefined, limit: 3 })).toEqual({
      messages: [],
      more: false,
    });
  });

  it('[H1] ends a page past 256 KiB of payloads, with one message at least, and loses none', async () => {
    const text = 'é'.repeat(30_000);
    const sent = Array.from({ length: 12 }, (_, index) => message(topic, { payload: { index, text } }));
    await log.append(sent);
    const newest = await log.page(topic, { before: undefined, limit: 100 });
    // Five of 60 000 bytes each go past it.
    expect(newest.messages.map((entry) => entry.seq)).toEqual([8, 9, 10, 11, 12]);
    expect(newest.more).toBe(true);
    expect((await everything(topic)).map(([, , payload]) => payload)).toEqual(sent.map(({ payload }) => payload));
    expect(await log.page(topic, { before: 3, limit: 2 })).toMatchObject({ messages: [{}, {}], more: false });

    const huge = `exchange/text:${randomUUID()}`;
    await log.append([message(huge), message(huge, { payload: 'x'.repeat(300_000) })]);
    const alone = await log.page(huge, { before: undefined, limit: 100 });
    expect(alone).toMatchObject({ messages: [{ seq: 2 }], more: true });
  });

  it('[H1] reads no more than the page, however long the topic is', async () => {
    const long = `exchange/text:${randomUUID()}`;
    await log.append(Array.from({ length: 150 }, () => message(topic)));
    await log.append(Array.from({ length: 5_000 }, () => message(long)));
    const client = await connectionPool(dataSource).connect();
    const blocks = async (name: string, before: number): Promise<number> => {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks': number } }] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM page_topic_messages('${name}', ${before}, 100)`,
      );
      return rows[0]!['QUERY PLAN'][0].Plan['Shared Hit Blocks'];
    };
    try {
      // The first call also reads the catalogue.
      await blocks(topic, 140);
      expect(await blocks(long, 4_000)).toBeLessThan((await blocks(topic, 140)) + 10);
    } finally {
      client.release();
    }
  });
});
