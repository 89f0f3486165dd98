import { defaultLimits } from '@parley/protocol';
import { randomUUID } from 'node:crypto';
import { startEngine, type RawClient, type TestEngine } from './testing';

const topic = 'room/text:1';

describe('recovery', () => {
  let engine: TestEngine;

  afterEach(() => engine.close());

  /** Enters, where `since` says so as someone who comes back, and waits until everything that was missed has come. */
  async function enter(userId: string, since?: unknown) {
    const client = await engine.connect(userId);
    client.send({ action: 'subscribe', topic, id: 'join', payload: since === undefined ? null : { since } });
    const { payload } = await client.answerTo('join');
    await client.settled();
    return { client, subscribed: payload, notes: client.of('note').map((frame) => [frame.offset, frame.payload]) };
  }

  async function publish(client: RawClient, ...payloads: unknown[]): Promise<void> {
    for (const payload of payloads) {
      const id = randomUUID();
      client.send({ action: 'note', topic, id, payload, store: payload === 'stored' });
      await client.answerTo(id);
    }
  }

  it('[H2] replays what was missed, in order and before anything new', async () => {
    engine = await startEngine(() => true);
    const { client: ann } = await enter('ann');
    const { client: ben, subscribed } = await enter('ben');
    expect(subscribed).toMatchObject({ offset: 0, recovered: false });
    ben.close();
    await ben.closed();
    await publish(ann, 'café 👩‍👩‍👧 日本語', 'stored', 'third');
    ann.send({ action: 'cursor', topic, volatile: true, payload: 'volatile' });
    const { client, subscribed: again, notes } = await enter('ben', { epoch: subscribed.epoch, offset: 1 });
    expect(again).toMatchObject({ epoch: subscribed.epoch, offset: 3, recovered: true });
    expect(notes).toEqual([
      [2, 'stored'],
      [3, 'third'],
    ]);
    expect(client.of('cursor')).toEqual([]);
    const replayed = client.of('note')[0];
    expect(replayed).toEqual(ann.of('note').find(({ offset }) => offset === 2));
    await publish(ann, 'new');
    await client.next(({ offset }) => offset === 4, 'the new one');
    expect(
      client.seen.filter(({ type }) => type !== 'pong' && type !== 'unsubscriber').map(({ type }) => type),
    ).toEqual(['subscribe', 'note', 'note', 'note']);
  });

  it('[H2] says so honestly when there is nothing to be replayed, or nothing was missed', async () => {
    engine = await startEngine(() => true, { windowMessages: 2 });
    const { client: ann, subscribed } = await enter('ann');
    await publish(ann, 'a', 'b', 'c');
    const { epoch } = subscribed;
    expect((await enter('ben', { epoch, offset: 3 })).subscribed.recovered).toBe(true);
    expect((await enter('ben', { epoch, offset: 1 })).notes).toEqual([
      [2, 'b'],
      [3, 'c'],
    ]);
    for (const since of [
      { epoch, offset: 0 },
      { epoch, offset: 4 },
      { epoch: 'another', offset: 2 },
    ]) {
      const late = await enter('ben', since);
      expect(late.subscribed).toMatchObject({ recovered: false, offset: 3 });
      expect(late.notes).toEqual([]);
    }
  });

  it('[H2] [L2] does not fill the queue of someone who comes back to many topics', async () => {
    const outboxBytes = 40_000;
    engine = await startEngine(() => true, { outboxBytes, windowBytes: 35_000 });
    const { client: ann, subscribed } = await enter('ann');
    await publish(ann, 'x'.repeat(25_000), 'y'.repeat(9_000));
    const since = { epoch: subscribed.epoch, offset: 0 };
    const late = await enter('ben', since);
    expect(late.subscribed.recovered).toBe(false);
    expect((await enter('ben', { ...since, offset: 1 })).subscribed.recovered).toBe(true);
    await late.client.settled();
  });

  it('[H2] [L1] a large replay costs more than the word that asks for it', async () => {
    engine = await startEngine(() => true, { messagesPerSecond: 1, messageBurst: 12 });
    const { client: ann, subscribed } = await enter('ann');
    const since = { epoch: subscribed.epoch, offset: 0 };
    for (let count = 0; count < 8; count += 1) await publish(ann, 'x'.repeat(50_000));
    const ben = await engine.connect('ben');
    for (let count = 0; count < 4; count += 1)
      ben.send({ action: 'subscribe', topic, id: `s${count}`, payload: { since } });
    const answers = await Promise.all([0, 1, 2, 3].map((count) => ben.answerTo(`s${count}`)));
    // Each takes one token, and six for 400 kB.
    expect(answers.map(({ type, payload }) => payload.code ?? type)).toEqual([
      'subscribe',
      'subscribe',
      'rate-limited',
      'rate-limited',
    ]);
  });

  it('[H2] a topic without subscribers keeps its window', async () => {
    engine = await startEngine(() => true);
    const { client: ann, subscribed } = await enter('ann');
    await publish(ann, 'a');
    ann.close();
    await ann.closed();
    const { notes } = await enter('ben', { epoch: subscribed.epoch, offset: 0 });
    expect(notes).toEqual([[1, 'a']]);
  });

  it('a window fits into a reader’s queue by default', () => {
    expect(defaultLimits.windowBytes).toBeLessThan(defaultLimits.outboxBytes * 0.75);
  });
});
