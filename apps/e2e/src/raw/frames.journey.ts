import { CloseCode, reservedNames } from '@parley/protocol';
import { randomUUID } from 'node:crypto';
import { RawSocket, type SeenFrame } from '@parley/harness';
import { World } from '@parley/harness/world';

describe('frames', () => {
  let world: World;
  let topic: string;
  let ann: RawSocket;

  beforeAll(async () => {
    world = await World.start();
  });

  beforeEach(async () => {
    topic = world.topic;
    ann = await RawSocket.connect(world.ann);
    await ann.subscribe(topic);
  });

  afterEach(async () => {
    if (ann.isOpen) await ann.close();
    await world.stillServes();
  });

  afterAll(() => world.stop());

  async function refused(frame: string | Record<string, unknown>): Promise<SeenFrame> {
    const before = ann.of('error').length;
    ann.send(frame);
    const error = (await ann.count('error', before + 1))[before];
    if (error === undefined) throw new Error('unreachable: count waits for it');
    return error;
  }

  /** The connection still works: the same socket publishes and gets its own message. */
  async function expectAlive(): Promise<void> {
    const id = randomUUID();
    await ann.ask({ action: 'note', topic, payload: { text: 'still here' }, id });
    await ann.next((frame) => frame.type === 'note' && frame.id === id, 'its own note');
  }

  it('[F1] a message carries type, topic, sender, store, timestamp and payload, and the time is UTC', async () => {
    const payload = { text: 'café 👩‍👩‍👧 日本語', nested: [1, null, { 'ключ"\\\u0000': '\u2028\ud83d\ude00' }] };
    ann.send({ action: 'note', topic, payload });
    const frame = await ann.next(({ type }) => type === 'note', 'the note');
    expect(frame).toMatchObject({ topic, sender: ann.connectionId, userId: world.ann.userId, store: false, payload });
    expect(new Date(frame.timestamp).toISOString()).toBe(frame.timestamp);
    expect(Object.keys(frame).sort()).toEqual(
      ['offset', 'payload', 'sender', 'store', 'timestamp', 'topic', 'type', 'userId'].sort(),
    );
  });

  it('[F1] the server sets sender and user, whatever a client claims', async () => {
    const ben = await RawSocket.connect(world.ben);
    await ben.subscribe(topic);
    ann.send({
      action: 'note',
      topic,
      payload: { text: 'really Ann' },
      sender: ben.connectionId,
      userId: world.ben.userId,
      timestamp: '1970-01-01T00:00:00.000Z',
      offset: 99_999,
      seq: 99_999,
    });
    for (const reader of [ann, ben]) {
      const frame = await reader.next(({ type }) => type === 'note', 'the note');
      expect(frame).toMatchObject({ sender: ann.connectionId, userId: world.ann.userId });
      expect(frame.timestamp).not.toContain('1970');
      expect(frame.offset).not.toBe(99_999);
      expect(frame.seq).toBeUndefined();
    }
    await ben.close();
  });

  it('[F1] [L3] ping is answered with pong; neither has a topic', async () => {
    const pong = await ann.ask({ action: 'ping' });
    expect(pong).toMatchObject({ type: 'pong', sender: null });
    expect(pong.topic).toBeUndefined();
  });

  it.each(reservedNames.filter((name) => ['subscriber', 'unsubscriber', 'ack', 'error', 'drain'].includes(name)))(
    '[F2] [F3] refuses the reserved action %s',
    async (action) => {
      const ben = await RawSocket.connect(world.ben);
      await ben.subscribe(topic);
      const error = await refused({ action, topic, payload: { userId: world.ben.userId }, id: 'r' });
      expect(error.payload).toMatchObject({ code: 'bad-action', id: 'r' });
      await ben.settled();
      expect(ben.of(action)).toEqual([]);
      await expectAlive();
      await ben.close();
    },
  );

  it.each(['Note', '1st', '-a', 'a_b', 'a b', 'é', '', 'a'.repeat(65), '*', '__proto__', 'a\n'])(
    '[F2] [F3] refuses the action %j',
    async (action) => {
      expect((await refused({ action, topic })).payload.code).toBe('bad-action');
      await expectAlive();
    },
  );

  it.each(['a', 'a-1', 'constructor', 'has-own', 'a'.repeat(64)])('[F2] takes the action %s', async (action) => {
    ann.send({ action, topic, payload: { text: 'x' } });
    await ann.next(({ type }) => type === action, action);
  });

  it.each([
    ['not JSON', '{'],
    ['nothing', ''],
    ['an array', '[]'],
    ['a string', '"subscribe"'],
    ['null', 'null'],
    ['no action', '{}'],
    ['an action that is no string', '{"action":["note"]}'],
    ['store that is no boolean', '{"action":"note","topic":"exchange/text:1","store":"yes"}'],
    ['volatile that is no boolean', '{"action":"note","topic":"exchange/text:1","volatile":1}'],
    ['to that is no list', '{"action":"note","topic":"exchange/text:1","to":"all"}'],
    ['an id with a space', '{"action":"note","topic":"exchange/text:1","id":"a b"}'],
    ['an id that is no string', '{"action":"note","topic":"exchange/text:1","id":7}'],
    [
      'a deep payload',
      `{"action":"note","topic":"exchange/text:1","payload":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
    ],
  ])('[F3] answers a malformed frame with an error and stays open: %s', async (_what, text) => {
    const error = await refused(text);
    expect(error).toMatchObject({ type: 'error', sender: null, store: false });
    expect(error.payload).toMatchObject({ code: 'malformed', message: expect.any(String) as string });
    await expectAlive();
  });

  it.each([
    '',
    'exchange',
    'exchange/text',
    'exchange/text:',
    '/text:1',
    'exchange/:1',
    'Exchange/text:1',
    'exchange/text:é',
    'exchange/text:1:2',
    'exchange/text:1\n',
    'exchange//text:1',
    `exchange/text:${'1'.repeat(65)}`,
    `${'e'.repeat(33)}/text:1`,
    '../../etc/passwd',
  ])('[F3] refuses the topic %j for subscribing and for publishing', async (bad) => {
    for (const action of ['subscribe', 'note']) {
      expect((await refused({ action, topic: bad })).payload.code).toBe('bad-topic');
    }
    await expectAlive();
  });

  it.each([{}, { topic: null }, { topic: 7 }, { topic: ['exchange/text:1'] }])(
    '[F3] refuses a frame whose topic is %j',
    async (part) => {
      expect((await refused({ action: 'note', ...part })).payload.code).toBe('bad-topic');
      await expectAlive();
    },
  );

  it('[F3] names the frame that it refuses by its id', async () => {
    const error = await refused({ action: 'note', topic: 'nowhere', id: 'mine_1' });
    expect(error).toMatchObject({ id: 'mine_1', payload: { code: 'bad-topic', id: 'mine_1' } });
  });

  it('[F3] refuses a payload over 60 KiB and takes one below, counted in bytes', async () => {
    const error = await refused({ action: 'note', topic, payload: { text: '日'.repeat(20_500) } });
    expect(error.payload.code).toBe('too-large');
    const fits = { text: '日'.repeat(20_000) };
    ann.send({ action: 'note', topic, payload: fits });
    const frame = await ann.next(({ type }) => type === 'note', 'the large note');
    expect(frame.payload).toEqual(fits);
    await expectAlive();
  });

  it('[F3] ignores unknown keys', async () => {
    ann.send({ action: 'note', topic, payload: { text: 'x' }, mood: 'good', version: 7 });
    await ann.next(({ type }) => type === 'note', 'the note');
    expect(ann.of('error')).toEqual([]);
  });

  it('[F3] closes with 4400 at the tenth bad frame, not at the ninth', async () => {
    for (let count = 1; count <= 9; count += 1) await refused('{');
    await expectAlive();
    ann.send('{');
    expect((await ann.closed()).code).toBe(CloseCode.badFrames);
  });

  it('[F3] closes with 4400 at a binary frame', async () => {
    ann.send(Buffer.from(JSON.stringify({ action: 'note', topic, payload: { text: 'binary' } })));
    expect((await ann.closed()).code).toBe(CloseCode.badFrames);
    expect(ann.of('note')).toEqual([]);
  });

  it('[F4] closes with 1009 at a frame of 65 KiB', async () => {
    ann.send(JSON.stringify({ action: 'note', topic, payload: 'x'.repeat(65 * 1024) }));
    expect((await ann.closed()).code).toBe(CloseCode.tooLarge);
  });

  it('[F4] takes 64 subscriptions and refuses the next, until one is given up', async () => {
    const host = world.ann;
    const topics = await Promise.all(Array.from({ length: 64 }, () => world.freshTopic(host, [])));
    for (const each of topics.slice(0, 63)) await ann.subscribe(each);
    const last = topics[63] ?? '';
    const refusedLast = await ann.ask({ action: 'subscribe', topic: last });
    expect(refusedLast.payload.code).toBe('too-many-subscriptions');
    await ann.ask({ action: 'unsubscribe', topic: topics[0] ?? '' });
    await ann.subscribe(last);
    await expectAlive();
  });
});
