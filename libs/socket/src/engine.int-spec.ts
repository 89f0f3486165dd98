import { allowanceRequest } from '@parley/allowances/contract';
import { startEngine, type TestEngine } from './testing';

const topic = 'room/text:1';

describe('the engine', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await startEngine((context) => {
      const { user, topic: asked } = allowanceRequest(context);
      return asked.id === '1' && user.id !== 'cleo';
    });
  });

  afterAll(() => engine.close());

  it('[S3] [P1] [P2] [P3] carries a stored message to everyone, once, and acknowledges it', async () => {
    const ann = await engine.connect('ann', 'Ann café 👩‍👩‍👧 日本語');
    const ben = await engine.connect('ben');
    ann.send({ action: 'subscribe', topic });
    await ann.nextOf('subscribe');
    ben.send({ action: 'subscribe', topic });
    const subscribed = await ben.nextOf('subscribe');
    expect(subscribed.payload.participants).toHaveLength(2);
    ben.send({ action: 'message', topic, store: true, id: 'one', payload: { text: 'café 👩‍👩‍👧 日本語' } });
    const ack = await ben.answerTo('one');
    const [message] = ann.of('message');
    expect(message).toMatchObject({ topic, sender: ben.connectionId, userId: 'ben', store: true, seq: 1, id: 'one' });
    expect(message?.payload).toEqual({ text: 'café 👩‍👩‍👧 日本語' });
    expect(ack.payload).toMatchObject({ id: 'one', seq: 1, offset: message?.offset });
    ann.close();
    ben.close();
  });

  it('[S1] refuses a stranger', async () => {
    const cleo = await engine.connect('cleo');
    cleo.send({ action: 'subscribe', topic, id: 's' });
    expect((await cleo.answerTo('s')).payload.code).toBe('forbidden');
    cleo.close();
  });
});
