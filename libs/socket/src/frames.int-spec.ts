import { CloseCode } from '@parley/protocol';
import { startEngine, type TestEngine } from './testing';

const topic = 'room/text:1';

describe('frames', () => {
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startEngine(() => true, {
      queuedFrames: 4,
      subscriptionsPerConnection: 2,
      messagesPerSecond: 1_000,
      messageBurst: 1_000,
    });
  });

  afterEach(async () => {
    const still = await engine.connect('last');
    still.send({ action: 'subscribe', topic });
    await still.nextOf('subscribe');
    await engine.close();
  });

  it.each([
    ['{', 'malformed'],
    ['[]', 'malformed'],
    ['"text"', 'malformed'],
    ['null', 'malformed'],
    ['{}', 'malformed'],
    ['{"action":1}', 'malformed'],
    ['{"action":"note"}', 'bad-topic'],
    ['{"action":"note","topic":"nowhere"}', 'bad-topic'],
    ['{"action":"note","topic":7}', 'bad-topic'],
    ['{"action":"ack","topic":"room/text:1"}', 'bad-action'],
    ['{"action":"drain"}', 'bad-action'],
    ['{"action":"Note","topic":"room/text:1"}', 'bad-action'],
    ['{"action":"*","topic":"room/text:1"}', 'bad-action'],
    ['{"action":"note","topic":"room/text:1","store":"yes"}', 'malformed'],
    ['{"action":"note","topic":"room/text:1","store":true,"volatile":true}', 'malformed'],
    ['{"action":"note","topic":"room/text:1","store":true,"to":["a"]}', 'malformed'],
    ['{"action":"note","topic":"room/text:1","to":"a"}', 'malformed'],
    ['{"action":"note","topic":"room/text:1","id":"with space"}', 'malformed'],
    ['{"action":"subscribe","topic":"room/text:1","payload":{"since":7}}', 'malformed'],
    [`{"action":"note","topic":"room/text:1","payload":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'malformed'],
    [JSON.stringify({ action: 'note', topic, payload: '€'.repeat(20_600) }), 'too-large'],
  ])('[F2] [F3] answers %.60s with an error and stays open', async (text, code) => {
    const ann = await engine.connect('ann');
    ann.send(text);
    expect((await ann.nextOf('error')).payload.code).toBe(code);
    await ann.settled();
    ann.close();
  });

  it('[F3] closes with 4400 after ten malformed frames, not after nine', async () => {
    const ann = await engine.connect('ann');
    for (let count = 0; count < 9; count += 1) ann.send('{');
    await ann.settled();
    expect(ann.of('error')).toHaveLength(9);
    ann.send('{');
    expect((await ann.closed()).code).toBe(CloseCode.badFrames);
  });

  it('[F3] closes a binary frame with 4400', async () => {
    const ann = await engine.connect('ann');
    ann.send(Buffer.from('{"action":"ping"}'));
    expect((await ann.closed()).code).toBe(CloseCode.badFrames);
  });

  it('[F4] closes a frame over 64 KiB with 1009', async () => {
    const ann = await engine.connect('ann');
    ann.send('x'.repeat(64 * 1024 + 1));
    expect((await ann.closed()).code).toBe(CloseCode.tooLarge);
  });

  it('[F1] ignores unknown keys and a claimed sender', async () => {
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    ann.send({ action: 'note', topic, sender: 'ben', userId: 'ben', colour: 'red', payload: 1 });
    expect(await ann.nextOf('note')).toMatchObject({ sender: ann.connectionId, userId: 'ann' });
    ann.close();
  });

  it('[F1] times are ISO 8601 in UTC', async () => {
    const ann = await engine.connect('ann');
    ann.send({ action: 'ping', id: 'p' });
    const { timestamp } = await ann.answerTo('p');
    expect(new Date(timestamp).toISOString()).toBe(timestamp);
    ann.close();
  });

  it('[F4] refuses one subscription too many', async () => {
    const ann = await engine.connect('ann');
    for (const id of ['1', '2', '3']) ann.send({ action: 'subscribe', topic: `room/text:${id}`, id });
    expect((await ann.answerTo('3')).payload.code).toBe('too-many-subscriptions');
    ann.send({ action: 'unsubscribe', topic: 'room/text:1' });
    ann.send({ action: 'subscribe', topic: 'room/text:3', id: 'again' });
    expect((await ann.answerTo('again')).type).toBe('subscribe');
    ann.close();
  });

  it('[S5] handles more frames than may wait, in order, and loses none', async () => {
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    for (let number = 0; number < 200; number += 1) ann.send({ action: 'note', topic, payload: number });
    await ann.next(({ payload, type }) => type === 'note' && (payload as unknown) === 199);
    expect(ann.of('note').map(({ payload }) => payload as unknown)).toEqual(
      Array.from({ length: 200 }, (_, number) => number),
    );
    ann.close();
  });
});
