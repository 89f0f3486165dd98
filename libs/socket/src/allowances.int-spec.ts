import { allowanceRequest, type AllowanceRequest } from '@parley/allowances/contract';
import { CloseCode } from '@parley/protocol';
import { NEVER } from 'rxjs';
import { startEngine, type TestEngine } from './testing';

const topic = 'room/text:1';

describe('allowances', () => {
  let engine: TestEngine;
  let asked: AllowanceRequest[];
  let banned: Set<string>;
  let hold: Promise<void>;
  let failing: boolean;
  let askedInVain: () => void;

  beforeEach(async () => {
    asked = [];
    banned = new Set();
    hold = Promise.resolve();
    failing = false;
    askedInVain = () => undefined;
    engine = await startEngine(
      (context) => {
        const request = allowanceRequest(context);
        asked.push(request);
        const { user, topic: about, intent } = request;
        if (about.id === 'throws') throw new Error('the guard failed');
        if (about.id === 'rejects') return Promise.reject(new Error('the guard failed'));
        if (about.id === 'late') return NEVER;
        if (failing) askedInVain();
        if (failing) throw new Error('the database is away');
        if (about.id === 'slow') return hold.then(() => true);
        if (user.id === 'observer') return intent === 'subscribe';
        return about.id === '1' && !banned.has(user.id);
      },
      { guardTimeoutMs: 300, leaseMs: 2_000 },
    );
  });

  afterEach(() => engine.close());

  it('[S1] gives the same answer for a refused topic and for one that does not exist, and joins nothing', async () => {
    banned.add('cleo');
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    await ann.nextOf('subscribe');
    const cleo = await engine.connect('cleo');
    cleo.send({ action: 'subscribe', topic, id: 'refused' });
    cleo.send({ action: 'subscribe', topic: 'room/text:missing', id: 'missing' });
    const [refused, missing] = await Promise.all([cleo.answerTo('refused'), cleo.answerTo('missing')]);
    expect(refused.payload).toEqual({ ...missing.payload, id: 'refused' });
    expect(refused.payload.code).toBe('forbidden');
    ann.send({ action: 'note', topic, id: 'n', payload: 'secret' });
    await ann.answerTo('n');
    await cleo.settled();
    expect(cleo.of('note')).toEqual([]);
    expect(ann.of('subscriber')).toEqual([]);
  });

  it('[S2] refuses a namespace without a guard', async () => {
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic: 'nobody/text:1', id: 's' });
    expect((await ann.answerTo('s')).payload.code).toBe('forbidden');
  });

  it.each(['throws', 'rejects', 'late'])('[S5] refuses when the guard %s', async (id) => {
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic: `room/text:${id}`, id: 's' });
    expect((await ann.answerTo('s')).payload.code).toBe('forbidden');
    ann.send({ action: 'subscribe', topic });
    await ann.nextOf('subscribe');
  });

  it('[S4] refuses to publish and to load without a subscription, and does not ask the guard', async () => {
    const ann = await engine.connect('ann');
    for (const action of ['note', 'load-messages', 'load-subscribers']) ann.send({ action, topic, id: action });
    for (const action of ['note', 'load-messages', 'load-subscribers']) {
      expect((await ann.answerTo(action)).payload.code).toBe('not-subscribed');
    }
    expect(asked).toEqual([]);
  });

  it('[S5] an observer reads and does not write', async () => {
    const observer = await engine.connect('observer');
    const ann = await engine.connect('ann');
    for (const client of [observer, ann]) client.send({ action: 'subscribe', topic });
    await observer.nextOf('subscribe');
    observer.send({ action: 'note', topic, id: 'p', payload: 1 });
    observer.send({ action: 'note', topic, store: true, id: 's', payload: 1 });
    expect((await observer.answerTo('p')).payload.code).toBe('forbidden');
    expect((await observer.answerTo('s')).payload.code).toBe('forbidden');
    ann.send({ action: 'note', topic, payload: 2 });
    expect((await observer.nextOf('note')).payload).toBe(2);
    expect(asked.map(({ intent }) => intent)).toEqual(expect.arrayContaining(['subscribe', 'publish', 'store']));
    expect(engine.log.messages).toEqual([]);
  });

  it('[S5] keeps the order of frames behind a slow guard', async () => {
    let release = (): void => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic: 'room/text:slow' });
    ann.send({ action: 'note', topic: 'room/text:slow', payload: 'after' });
    ann.send({ action: 'ping', id: 'last' });
    release();
    await ann.answerTo('last');
    expect(ann.seen.map(({ type }) => type)).toEqual(['subscribe', 'note', 'pong']);
  });

  it('[S6] asks the guard once for a lease, not for every message', async () => {
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    for (let count = 0; count < 20; count += 1) ann.send({ action: 'note', topic, payload: count });
    await ann.settled();
    expect(asked.filter(({ intent }) => intent === 'publish')).toHaveLength(1);
  });

  it('[S6] ends the subscription when the lease runs out and the guard says no', async () => {
    const ann = await engine.connect('ann');
    const ben = await engine.connect('ben');
    for (const client of [ann, ben]) {
      client.send({ action: 'subscribe', topic });
      await client.nextOf('subscribe');
    }
    banned.add('ann');
    expect((await ann.nextOf('unsubscribe')).payload).toEqual({ reason: 'revoked' });
    expect((await ben.nextOf('unsubscriber')).payload.userId).toBe('ann');
    ann.send({ action: 'note', topic, id: 'n', payload: 1 });
    expect((await ann.answerTo('n')).payload.code).toBe('not-subscribed');
    await ben.settled();
    expect(ben.of('unsubscribe')).toEqual([]);
  });

  it('[S5] [S6] a guard that fails for a while throws nobody out', async () => {
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    await ann.nextOf('subscribe');
    failing = true;
    // The lease is asked about again and again while it lasts; the second time it is answered.
    await new Promise<void>((resolve) => (askedInVain = resolve));
    failing = false;
    ann.send({ action: 'note', topic, id: 'n', payload: 1 });
    expect((await ann.answerTo('n')).type).toBe('ack');
    expect(ann.of('unsubscribe')).toEqual([]);
  });

  it('[S5] [S6] a guard that fails until the lease is over ends the connection, not the right', async () => {
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    await ann.nextOf('subscribe');
    failing = true;
    ann.send({ action: 'subscribe', topic: 'room/text:other', id: 's' });
    expect((await ann.answerTo('s')).payload).toMatchObject({ code: 'forbidden', retryAfter: 2_000 });
    expect((await ann.closed()).code).toBe(CloseCode.tryAgainLater);
    expect(ann.of('unsubscribe')).toEqual([]);
  });
});
