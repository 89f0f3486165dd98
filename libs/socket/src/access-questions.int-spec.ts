import { allowanceRequest, type AllowanceRequest } from '@parley/allowances/contract';
import { CloseCode, type Limits } from '@parley/protocol';
import { startEngine, type TestClient, type TestEngine } from './testing';
import { TopicAccess } from './topic-access';

const topic = 'room/text:1';
const aboutBen = { namespace: 'room', id: '1', userId: 'ben' };

describe('what happens while a guard is asked', () => {
  let engine: TestEngine;
  let denied: boolean;

  beforeEach(() => {
    denied = false;
  });

  afterEach(() => engine.close());

  async function start(
    guard: (request: AllowanceRequest) => boolean | Promise<boolean> = mayBen,
    limits: Partial<Limits> = {},
  ): Promise<void> {
    engine = await startEngine((context) => guard(allowanceRequest(context)), limits);
  }

  function mayBen({ user }: AllowanceRequest): boolean {
    return !denied || user.id !== 'ben';
  }

  async function enter(userId: string): Promise<TestClient> {
    const client = await engine.connect(userId);
    client.send({ action: 'subscribe', topic, id: 'join' });
    expect((await client.answerTo('join')).type).toBe('subscribe');
    return client;
  }

  function removeBen(work = (): Promise<void> => Promise.resolve()): Promise<void> {
    return engine.app.get(TopicAccess, { strict: false }).change(aboutBen, () => {
      denied = true;
      return work();
    });
  }

  it('[S6] whoever loses the right while the topic is opened does not get in', async () => {
    await start();
    const [asked, opened] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const page = engine.log.page.bind(engine.log);
    engine.log.page = async (...query) => {
      asked.resolve(undefined);
      await opened.promise;
      return page(...query);
    };
    const ben = await engine.connect('ben');
    ben.send({ action: 'subscribe', topic, id: 'join' });
    await asked.promise;
    await removeBen();
    opened.resolve(undefined);
    expect((await ben.answerTo('join')).payload).toMatchObject({ code: 'forbidden' });
  });

  it('[S6] an answer from before a change is not taken for one from after it', async () => {
    const [asked, thought] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    await start(async (request) => {
      const answer = mayBen(request);
      asked.resolve(undefined);
      await thought.promise;
      return answer;
    });
    const ben = await engine.connect('ben');
    ben.send({ action: 'subscribe', topic, id: 'join' });
    await asked.promise;
    const removed = removeBen();
    thought.resolve(undefined);
    await removed;
    expect((await ben.answerTo('join')).payload).toMatchObject({ code: 'forbidden' });
  });

  it('[S6] who is in question gets nothing when the guard fails, but is sent away to ask anew', async () => {
    let failing = false;
    await start(({ user }) => {
      if (failing && user.id === 'ben') throw new Error('the database is away');
      return true;
    });
    const [ann, ben] = [await enter('ann'), await enter('ben')];
    failing = true;
    engine.allowanceChanges.next(aboutBen);
    ann.send({ action: 'note', topic, id: 'secret', payload: 'café 👩‍👩‍👧 日本語' });
    expect((await ann.answerTo('secret')).type).toBe('ack');
    expect((await ben.closed()).code).toBe(CloseCode.tryAgainLater);
    expect(ben.of('note')).toEqual([]);
  });

  it('[S6] [L2] for who is in question no more waits than for a slow reader, and being sent away is no leaving', async () => {
    const thought = Promise.withResolvers<boolean>();
    let asking = false;
    const limits = { outboxBytes: 600_000, windowBytes: 400_000 };
    await start(({ user }) => !asking || user.id !== 'ben' || thought.promise, limits);
    const [ann, ben] = [await enter('ann'), await enter('ben')];
    asking = true;
    engine.allowanceChanges.next(aboutBen);
    for (let count = 0; count < 20; count += 1) ann.send({ action: 'note', topic, payload: 'x'.repeat(50_000) });
    await ann.settled();
    expect((await ben.closed()).code).toBe(CloseCode.tryAgainLater);
    await engine.gone(ben);
    expect(ben.of('note')).toEqual([]);
    thought.resolve(true);
    await ann.settled();
    expect(ann.of('unsubscriber')).toEqual([]);
  });

  it('[U5] [S6] who is in question does not hear who comes and goes', async () => {
    await start();
    const ben = await enter('ben');
    await removeBen(async () => {
      const cleo = await enter('cleo');
      cleo.close();
      await engine.gone(cleo);
      await ben.settled();
    });
    await ben.nextOf('unsubscribe');
    expect(ben.of('subscriber').concat(ben.of('unsubscriber'))).toEqual([]);
  });

  it('[S6] a change is over when everyone whom it concerns was told', async () => {
    await start(async (request) => {
      const answer = mayBen(request);
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      return answer;
    });
    const [ann, ben] = [await enter('ann'), await enter('ben')];
    await removeBen();
    await Promise.all([ann, ben].map((client) => client.settled()));
    expect(ben.of('unsubscribe').map(({ payload }) => payload)).toEqual([{ reason: 'revoked' }]);
    expect(ann.of('unsubscriber').map(({ payload }) => payload.userId)).toEqual(['ben']);
  });
});
