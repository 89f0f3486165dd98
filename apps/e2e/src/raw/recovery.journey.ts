import type { Position } from '@parley/protocol';
import { RawSocket, type SeenFrame } from '@parley/harness';
import { World } from '@parley/harness/world';

const windowMessages = 20;

/** The place in the topic that an answer to `subscribe` names. */
function positionOf({ payload }: SeenFrame): Position {
  return { epoch: payload.epoch as string, offset: payload.offset as number };
}

describe('what was missed', () => {
  let world: World;
  let topic: string;
  let ann: RawSocket;
  let ben: RawSocket;
  /** Of Ben, when he was there last. */
  let since: Position;

  beforeAll(async () => {
    world = await World.start({ LIMIT_WINDOW_MESSAGES: String(windowMessages) });
  });

  beforeEach(async () => {
    topic = await world.freshTopic();
    ann = await RawSocket.connect(world.ann);
    await ann.subscribe(topic);
    await say(3);
    ben = await RawSocket.connect(world.ben);
    since = positionOf(await ben.subscribe(topic));
    ben.terminate();
    await ben.closed();
  });

  afterEach(async () => {
    if (ann.isOpen) await ann.close();
    if (ben.isOpen) await ben.close();
    await world.stillServes();
  });

  afterAll(() => world.stop());

  /** Ann says so many, every second one stored, and hears them all. */
  async function say(count: number): Promise<void> {
    for (let number = 0; number < count; number += 1) {
      const payload = { number, text: 'café 👩‍👩‍👧 日本語' };
      const stored = number % 2 === 0;
      const { type } = await ann.ask(
        stored ? { action: 'said', topic, store: true, payload } : { action: 'said', topic, payload },
      );
      expect(type).toBe('ack');
    }
    await ann.settled();
  }

  it('[H2] is replayed as it was broadcast, in order, before anything new', async () => {
    await say(8);
    const missed = ann.of('said').slice(-8);
    ben = await RawSocket.connect(world.ben);
    const answer = await ben.subscribe(topic, since);
    expect(answer.payload).toMatchObject({ epoch: since.epoch, recovered: true });
    await say(1);
    const got = await ben.count('said', 9);
    expect(got).toEqual([...missed, ...ann.of('said').slice(-1)]);
    expect(got.map(({ offset }) => offset)).toEqual(got.map((_, index) => since.offset + 1 + index));
    expect(ben.seen.findIndex(({ type }) => type === 'said')).toBeGreaterThan(ben.seen.indexOf(answer));
  });

  it('[H2] nothing missed: recovered, and nothing is replayed', async () => {
    ben = await RawSocket.connect(world.ben);
    expect((await ben.subscribe(topic, since)).payload).toMatchObject({ ...since, recovered: true });
    await ben.settled();
    expect(ben.of('said')).toEqual([]);
  });

  it('[H2] has neither volatile nor directed messages', async () => {
    ann.send({ action: 'typing', topic, volatile: true, payload: null });
    await ann.ask({ action: 'signal', topic, to: [ann.connectionId], payload: null });
    await say(1);
    ben = await RawSocket.connect(world.ben);
    await ben.subscribe(topic, since);
    await ben.count('said', 1);
    await ben.settled();
    expect([...ben.of('typing'), ...ben.of('signal')]).toEqual([]);
  });

  it('[H2] is not pretended to be there once the window has moved on; the history has what was stored', async () => {
    await say(windowMessages + 2);
    ben = await RawSocket.connect(world.ben);
    const { payload } = await ben.subscribe(topic, since);
    expect(payload.recovered).toBe(false);
    expect(payload.offset).toBe(since.offset + windowMessages + 2);
    await ben.settled();
    expect(ben.of('said')).toEqual([]);
    const page = await ben.ask({ action: 'load-messages', topic, payload: null });
    const stored = ann.of('said').filter(({ seq }) => seq !== undefined);
    expect((page.payload.messages as SeenFrame[]).map(({ seq }) => seq)).toEqual(stored.map(({ seq }) => seq));
    await say(1);
    expect((await ben.count('said', 1))[0]?.offset).toBe(since.offset + windowMessages + 3);
  });

  it.each([
    ['an epoch that never was', (position: Position) => ({ ...position, epoch: 'never' })],
    ['an offset that is still to come', (position: Position) => ({ ...position, offset: position.offset + 1_000 })],
  ])('[H2] is not recovered from %s', async (_what, changed) => {
    await say(2);
    ben = await RawSocket.connect(world.ben);
    expect((await ben.subscribe(topic, changed(since))).payload).toMatchObject({
      recovered: false,
      offset: since.offset + 2,
    });
    await ben.settled();
    expect(ben.of('said')).toEqual([]);
  });

  it('[H2] [H3] is honestly not recovered after a restart, and the history has every acknowledged message', async () => {
    await say(4);
    const stored = ann.of('said').filter(({ seq }) => seq !== undefined);
    await world.restart();
    ben = await RawSocket.connect(world.ben);
    const { payload } = await ben.subscribe(topic, since);
    expect(payload.recovered).toBe(false);
    expect(payload.epoch).not.toBe(since.epoch);
    const page = await ben.ask({ action: 'load-messages', topic, payload: null });
    expect((page.payload.messages as SeenFrame[]).map(({ id, seq }) => ({ id, seq }))).toEqual(
      stored.map(({ id, seq }) => ({ id, seq })),
    );
  });
});
