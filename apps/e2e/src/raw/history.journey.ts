import { messagePagePayload } from '@parley/protocol';
import { RawSocket } from '@parley/harness';
import { World } from '@parley/harness/world';

const TOTAL = 250;

describe('history', () => {
  let world: World;
  let topic: string;
  let ann: RawSocket;
  let ben: RawSocket;

  beforeAll(async () => {
    world = await World.start({ LIMIT_MESSAGES_PER_SECOND: '100000', LIMIT_MESSAGE_BURST: '100000' });
    topic = world.topic;
    [ann, ben] = await Promise.all([RawSocket.connect(world.ann), RawSocket.connect(world.ben)]);
    await Promise.all([ann.subscribe(topic), ben.subscribe(topic)]);
    for (let number = 1; number <= TOTAL; number += 1) {
      ann.send({ action: 'message', topic, store: true, payload: { text: `日本語 ${number}` }, id: `m${number}` });
    }
    await ben.count('message', TOTAL);
  });

  afterEach(() => world.stillServes());

  afterAll(async () => {
    await Promise.all([ann.close(), ben.close()]);
    await world.stop();
  });

  async function page(payload: Record<string, number> | null, socket = ben) {
    const answer = await socket.ask({ action: 'load-messages', topic, payload });
    if (answer.type !== 'load-messages') throw new Error(JSON.stringify(answer));
    return messagePagePayload.parse(answer.payload);
  }

  it('[H1] walks from the newest page to the first message, each message once, ascending by seq', async () => {
    const found: number[] = [];
    let before: number | undefined;
    const sizes: number[] = [];
    for (;;) {
      const { messages, more } = await page({ limit: 60, ...(before === undefined ? {} : { before }) });
      const numbers = messages.map(({ seq }) => seq ?? 0);
      found.unshift(...numbers);
      sizes.push(numbers.length);
      before = numbers[0];
      if (!more) break;
    }
    expect(found).toEqual(Array.from({ length: TOTAL }, (_, index) => index + 1));
    expect(sizes).toEqual([60, 60, 60, 60, 10]);
  });

  it('[H1] gives at most 100, and 100 when nothing is said', async () => {
    const { messages, more } = await page(null);
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, index) => TOTAL - 99 + index));
    expect(more).toBe(true);
  });

  it('[H1] each message has the form in which it was broadcast, without offset', async () => {
    const { messages } = await page({ limit: 100 });
    const seen = new Map(ben.of('message').map((frame) => [frame.seq, frame]));
    for (const message of messages) {
      const broadcast = seen.get(message.seq);
      expect(broadcast?.offset).toBeGreaterThan(0);
      expect({ ...message, offset: broadcast?.offset }).toEqual(broadcast);
      expect(message.offset).toBeUndefined();
    }
  });

  it('[H1] says when there is nothing below', async () => {
    expect(await page({ before: 1 })).toEqual({ messages: [], more: false });
    expect((await page({ before: 2 })).messages.map(({ seq }) => seq)).toEqual([1]);
    expect((await page({ before: 101, limit: 100 })).more).toBe(false);
    expect((await page({ before: Number.MAX_SAFE_INTEGER, limit: 1 })).messages[0]?.seq).toBe(TOTAL);
  });

  it('[H1] answers the requester alone', async () => {
    await page({ limit: 5 }, ann);
    await ben.settled();
    const before = ben.of('load-messages').length;
    await page({ limit: 5 }, ann);
    await ben.settled();
    expect(ben.of('load-messages')).toHaveLength(before);
  });

  it.each([
    { limit: 0 },
    { limit: 101 },
    { limit: 1.5 },
    { limit: '5' },
    { before: 0 },
    { before: -1 },
    { before: 'x' },
    [],
    'all',
    7,
  ])('[H1] [F3] refuses the payload %j', async (payload) => {
    // A connection of its own: ten of these on one would close it.
    const socket = await RawSocket.connect(world.ben);
    await socket.subscribe(topic);
    const answer = await socket.ask({ action: 'load-messages', topic, payload: payload as never });
    expect(answer).toMatchObject({ type: 'error', payload: { code: 'malformed' } });
    expect((await page({ limit: 1 }, socket)).messages).toHaveLength(1);
    await socket.close();
  });

  it('[H1] needs a subscription', async () => {
    const other = await world.freshTopic();
    const answer = await ben.ask({ action: 'load-messages', topic: other, payload: null });
    expect(answer.payload.code).toBe('not-subscribed');
  });

  it('[H1] a page of long messages ends early and says that there is more', async () => {
    const long = await world.freshTopic();
    await Promise.all([ann.subscribe(long), ben.subscribe(long)]);
    const text = '日'.repeat(19_000);
    for (let number = 0; number < 10; number += 1) {
      await ann.ask({ action: 'message', topic: long, store: true, payload: { text } });
    }
    const found: (number | undefined)[] = [];
    let before: number | undefined;
    let pages = 0;
    for (;;) {
      const payload: Record<string, number> = before === undefined ? {} : { before };
      const answer = await ben.ask({ action: 'load-messages', topic: long, payload });
      const { messages, more } = messagePagePayload.parse(answer.payload);
      found.unshift(...messages.map(({ seq }) => seq));
      before = messages[0]?.seq;
      pages += 1;
      if (!more) break;
    }
    expect(found).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(pages).toBeGreaterThan(1);
  });
});
