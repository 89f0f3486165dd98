import { CloseCode } from '@parley/protocol';
import { startEngine, type TestEngine } from './testing';

const topic = 'room/text:1';

describe('load', () => {
  let engine: TestEngine;

  afterEach(() => engine.close());

  it('[L1] refuses what is over the rate, says when to try again, and counts volatile messages apart', async () => {
    engine = await startEngine(() => true, {
      messagesPerSecond: 5,
      messageBurst: 4,
      volatilePerSecond: 5,
      volatileBurst: 2,
    });
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    for (let count = 1; count <= 4; count += 1) ann.send({ action: 'note', topic, id: `n${count}`, payload: count });
    expect((await ann.answerTo('n3')).type).toBe('ack');
    const refused = await ann.answerTo('n4');
    expect(refused.payload.code).toBe('rate-limited');
    expect(refused.payload.retryAfter).toBeGreaterThan(0);
    expect(refused.payload.retryAfter).toBeLessThanOrEqual(200);
    ann.send({ action: 'cursor', topic, volatile: true, payload: 1 });
    await ann.nextOf('cursor');
    expect(ann.of('note')).toHaveLength(3);
  });

  it('[L1] closes with 4429 when the refusals are ignored, and goes on serving others', async () => {
    engine = await startEngine(() => true, { messagesPerSecond: 5, messageBurst: 4, rateViolations: 10 });
    const ann = await engine.connect('ann');
    const ben = await engine.connect('ben');
    for (let count = 0; count < 20; count += 1) ann.send({ action: 'ping' });
    expect((await ann.closed()).code).toBe(CloseCode.rateLimited);
    await ben.settled();
  });

  it('[L2] closes a reader that does not read with 4408, and the others go on', async () => {
    engine = await startEngine(() => true, {
      outboxBytes: 256 * 1024,
      messagesPerSecond: 100_000,
      messageBurst: 100_000,
    });
    const ann = await engine.connect('ann');
    const sleepy = await engine.connect('sleepy');
    for (const client of [ann, sleepy]) {
      client.send({ action: 'subscribe', topic });
      await client.nextOf('subscribe');
    }
    sleepy.socket.pause();
    // More than the kernel's buffers hold on any machine, so the rest has to queue in the server.
    for (let number = 1; number <= 400; number += 1) {
      ann.send({ action: 'note', topic, id: `n${number}`, payload: 'x'.repeat(50_000) });
      await ann.answerTo(`n${number}`);
    }
    expect(ann.of('note')).toHaveLength(400);
    sleepy.socket.resume();
    expect((await sleepy.closed()).code).toBe(CloseCode.slowReader);
  });

  it('[L3] asks for a sign of life, keeps those who answer and ends those who do not', async () => {
    engine = await startEngine(() => true, { heartbeatMs: 200, pongTimeoutMs: 400 });
    const lively = await engine.connect('ann');
    const dead = await engine.connect('ben');
    lively.socket.on('message', (data: Buffer) => {
      if (data.toString('utf8').includes('"type":"ping"')) lively.send({ action: 'pong' });
    });
    await dead.closed();
    expect(dead.of('ping').length).toBeGreaterThan(0);
    await lively.settled();
    lively.send({ action: 'ping', id: 'p' });
    expect((await lively.answerTo('p')).type).toBe('pong');
  });
});
