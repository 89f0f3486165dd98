import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { RawSocket } from '@parley/harness';
import { World } from '@parley/harness/world';

describe('publishing', () => {
  let world: World;
  let topic: string;
  let ann: RawSocket;
  let ben: RawSocket;
  const open: RawSocket[] = [];

  beforeAll(async () => {
    world = await World.start();
  });

  beforeEach(async () => {
    topic = await world.freshTopic();
    [ann, ben] = await Promise.all([joined(), joined(world.ben)]);
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((socket) => socket.close()));
    await world.stillServes();
  });

  afterAll(() => world.stop());

  async function joined(person = world.ann): Promise<RawSocket> {
    const socket = await RawSocket.connect(person);
    open.push(socket);
    await socket.subscribe(topic);
    return socket;
  }

  it('[P1] any custom action reaches every subscriber, the sender included', async () => {
    const secondTab = await joined();
    ann.send({ action: 'wave', topic, payload: { text: 'café 👩‍👩‍👧 日本語' } });
    for (const socket of [ann, ben, secondTab]) {
      const [wave] = await socket.count('wave', 1);
      expect(wave).toMatchObject({ sender: ann.connectionId, payload: { text: 'café 👩‍👩‍👧 日本語' } });
    }
  });

  it('[P2] a stored message is in the table when it is broadcast and when it is acknowledged', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `café 👩‍👩‍👧 日本語 ${index}`);
    for (const text of texts) {
      ann.send({ action: 'message', topic, store: true, payload: { text }, id: randomUUID() });
      const broadcast = await ben.next(({ payload }) => payload.text === text, text);
      const rows = await rowsOf(world.database, topic);
      expect(rows[rows.length - 1]).toMatchObject({
        seq: broadcast.seq,
        user_id: world.ann.userId,
        sender: ann.connectionId,
        action: 'message',
        client_id: broadcast.id,
        payload: { text },
        created_at: broadcast.timestamp,
      });
      expect(broadcast.store).toBe(true);
    }
    expect((await rowsOf(world.database, topic)).map(({ seq }) => seq)).toEqual(texts.map((_, index) => index + 1));
  });

  it('[P2] what is not to be stored leaves no row', async () => {
    await ann.ask({ action: 'message', topic, payload: { text: 'fleeting' } });
    expect(await rowsOf(world.database, topic)).toEqual([]);
  });

  it('[P2] a payload that Postgres could stumble over comes back as it was', async () => {
    const payload = { text: '\u0000 \ud83d \\u0000 \\ " \u2028', number: 1e21, zero: -0, deep: [[[{}]]] };
    const answer = await ann.ask({ action: 'message', topic, store: true, payload });
    expect(answer.type).toBe('ack');
    const [broadcast] = await ben.count('message', 1);
    const page = await ben.ask({ action: 'load-messages', topic, payload: null });
    const [message] = page.payload.messages as { payload: unknown }[];
    expect(message?.payload).toEqual(broadcast?.payload);
    expect(broadcast?.payload).toEqual(JSON.parse(JSON.stringify(payload)));
  });

  it('[P3] acknowledges a frame with an id, with its offset and time, and seq when it is stored', async () => {
    const plain = await ann.ask({ action: 'message', topic, payload: 1, id: 'plain' });
    expect(plain).toMatchObject({ type: 'ack', sender: null, payload: { id: 'plain', offset: 1 } });
    expect(plain.payload.seq).toBeUndefined();
    const stored = await ann.ask({ action: 'message', topic, store: true, payload: 2, id: 'stored' });
    expect(stored.payload).toMatchObject({ id: 'stored', offset: 2, seq: 1 });
    const [first, second] = await ben.count('message', 2);
    expect(plain.payload.timestamp).toBe(first?.timestamp);
    expect(stored.payload.timestamp).toBe(second?.timestamp);
    ann.send({ action: 'message', topic, payload: 3 });
    await ann.count('message', 3);
    await ann.settled();
    expect(ann.of('ack')).toHaveLength(2);
    expect(ben.of('ack')).toEqual([]);
  });

  it.each([false, true])(
    '[P3] the same id again is answered with the first ack and not broadcast (stored: %s)',
    async (store) => {
      const frame = { action: 'message', topic, store, payload: { text: 'once' }, id: 'the-same' };
      const first = await ann.ask(frame);
      await ann.ask({ action: 'message', topic, store, payload: { text: 'between' } });
      const again = await ann.ask({ ...frame, payload: { text: 'another text under the same id' } });
      expect(again.payload).toEqual(first.payload);
      await ben.count('message', 2);
      await ben.settled();
      expect(ben.of('message').map(({ payload }) => payload.text)).toEqual(['once', 'between']);
      expect(await rowsOf(world.database, topic)).toHaveLength(store ? 2 : 0);
    },
  );

  it.each([false, true])(
    '[P3] the same id from another connection of the user is the same message (stored: %s)',
    async (store) => {
      const frame = { action: 'message', topic, store, payload: { text: 'once' }, id: 'retry' };
      const first = await ann.ask(frame);
      ann.terminate();
      const again = await joined();
      expect((await again.ask(frame)).payload).toEqual(first.payload);
      await ben.settled();
      expect(ben.of('message')).toHaveLength(1);
    },
  );

  it('[P3] the same id of another user, or in another topic, is another message', async () => {
    const elsewhere = await world.freshTopic();
    await ann.subscribe(elsewhere);
    const acks = [
      await ann.ask({ action: 'message', topic, store: true, payload: 'a', id: 'shared' }),
      await ben.ask({ action: 'message', topic, store: true, payload: 'b', id: 'shared' }),
      await ann.ask({ action: 'message', topic: elsewhere, store: true, payload: 'c', id: 'shared' }),
    ];
    expect(acks.map(({ payload }) => payload.seq)).toEqual([1, 2, 1]);
    await ben.count('message', 2);
  });

  it('[P3] many repeats at once make one message', async () => {
    const frame = { action: 'message', topic, store: true, payload: { text: 'once' }, id: 'raced' };
    const tabs = await Promise.all(Array.from({ length: 5 }, () => joined()));
    const acks = await Promise.all(tabs.map((tab) => tab.ask(frame)));
    expect(new Set(acks.map(({ payload }) => payload.seq))).toEqual(new Set([1]));
    await ben.settled();
    expect(ben.of('message')).toHaveLength(1);
    expect(await rowsOf(world.database, topic)).toHaveLength(1);
  });

  it('[P4] a directed message reaches the connections that it names, of this topic, and no history', async () => {
    const bensOtherTab = await joined(world.ben);
    const outsider = await RawSocket.connect(world.cleo);
    open.push(outsider);
    const to = [ben.connectionId, outsider.connectionId, 'nobody'];
    const ack = await ann.ask({ action: 'offer', topic, to, payload: { sdp: 'x' }, id: 'directed' });
    expect(ack).toMatchObject({ type: 'ack', payload: { id: 'directed' } });
    expect(ack.payload.offset).toBeUndefined();
    const [offer] = await ben.count('offer', 1);
    expect(offer).toMatchObject({ sender: ann.connectionId, payload: { sdp: 'x' } });
    expect(offer?.offset).toBeUndefined();
    await Promise.all([ann, bensOtherTab, outsider].map((socket) => socket.settled()));
    for (const socket of [ann, bensOtherTab, outsider]) expect(socket.of('offer')).toEqual([]);
    const page = await ann.ask({ action: 'load-messages', topic, payload: null });
    expect(page.payload.messages).toEqual([]);
  });

  it.each([
    { to: [] },
    { to: Array.from({ length: 65 }, () => 'x') },
    { to: [7] },
    { to: ['x'], store: true },
    { volatile: true, store: true },
  ])('[P4] [P5] refuses %j', async (part) => {
    const answer = await ann.ask({ action: 'offer', topic, payload: null, id: 'bad', ...part } as never);
    expect(answer.payload.code).toBe('malformed');
    expect((await ann.ask({ action: 'note', topic })).type).toBe('ack');
  });

  it('[P5] a volatile message reaches everyone, without offset and without history', async () => {
    ann.send({ action: 'typing', topic, volatile: true, payload: { on: true } });
    for (const socket of [ann, ben]) {
      const [typing] = await socket.count('typing', 1);
      expect(typing).toMatchObject({ payload: { on: true }, store: false });
      expect(typing?.offset).toBeUndefined();
      expect(typing?.seq).toBeUndefined();
    }
    expect(await rowsOf(world.database, topic)).toEqual([]);
  });

  it('[P6] offsets run from 1 without a gap, over stored and other messages; volatile and directed ones take none', async () => {
    for (let number = 1; number <= 30; number += 1) {
      ann.send({ action: 'note', topic, store: number % 2 === 0, payload: { number } });
      ann.send({ action: 'typing', topic, volatile: true, payload: null });
      ann.send({ action: 'offer', topic, to: [ben.connectionId], payload: null });
    }
    const notes = await ben.count('note', 30);
    expect(notes.map(({ offset, payload }) => [offset, payload.number])).toEqual(
      Array.from({ length: 30 }, (_, index) => [index + 1, index + 1]),
    );
    expect(notes.filter(({ store }) => store).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 15 }, (_, i) => i + 1),
    );
  });

  it('[P3] [H3] over a restart of the server a stored message’s id holds, and its history is there', async () => {
    const frame = { action: 'message', topic, store: true, payload: { text: '日本語' }, id: 'kept' };
    const first = await ann.ask(frame);
    open.length = 0;
    await world.restart();
    const after = await joined();
    const again = await after.ask(frame);
    expect(again).toMatchObject({ type: 'ack', payload: { id: 'kept', seq: 1, timestamp: first.payload.timestamp } });
    await after.settled();
    expect(after.of('message')).toEqual([]);
    const page = await after.ask({ action: 'load-messages', topic, payload: null });
    expect(page.payload).toMatchObject({
      messages: [{ id: 'kept', seq: 1, payload: { text: '日本語' } }],
      more: false,
    });
  });
});

interface Row {
  readonly seq: number;
  readonly user_id: string;
  readonly sender: string;
  readonly action: string;
  readonly client_id: string | null;
  readonly payload: unknown;
  readonly created_at: string;
}

async function rowsOf(database: Pool, topic: string): Promise<Row[]> {
  const { rows } = await database.query<Row & { seq: string; created_at: Date }>(
    'SELECT * FROM topic_messages WHERE topic = $1 ORDER BY seq',
    [topic],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq), created_at: (row.created_at as Date).toISOString() }));
}
