import { allowanceRequest, type Intent } from '@parley/allowances/contract';
import { CloseCode } from '@parley/protocol';
import { startEngine, type RawClient, type TestEngine } from './testing';
import { TopicAccess } from './topic-access';

const topic = 'room/text:1';

describe('revocation', () => {
  let engine: TestEngine;
  /** What each user may not do. */
  let denied: Map<string, readonly Intent[]>;
  let failing: boolean;
  /** Awaited by the guard before it looks. */
  let gate: Promise<void>;

  const all: readonly Intent[] = ['subscribe', 'publish', 'store'];

  beforeEach(async () => {
    denied = new Map();
    failing = false;
    gate = Promise.resolve();
    engine = await startEngine(
      async (context) => {
        const { user, intent } = allowanceRequest(context);
        await gate;
        if (failing) throw new Error('the database is away');
        return denied.get(user.id)?.includes(intent) !== true;
      },
      { guardTimeoutMs: 500 },
    );
  });

  afterEach(() => engine.close());

  async function enter(userId: string, name = topic) {
    const client = await engine.connect(userId);
    client.send({ action: 'subscribe', topic: name, id: 'join' });
    await client.answerTo('join');
    return client;
  }

  async function publish(client: RawClient, id: string): Promise<string> {
    client.send({ action: 'note', topic, id, payload: id });
    const { type, payload } = await client.answerTo(id);
    return type === 'error' ? String(payload.code) : type;
  }

  function access(): TopicAccess {
    return engine.app.get(TopicAccess, { strict: false });
  }

  it('[S6] an announced change ends the subscription, and the others see them go', async () => {
    const ann = await enter('ann');
    const ben = await enter('ben');
    denied.set('ben', all);
    engine.allowanceChanges.next({ namespace: 'room', id: '1', userId: 'ben' });
    expect((await ben.nextOf('unsubscribe')).payload).toEqual({ reason: 'revoked' });
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
    expect(await publish(ann, 'secret')).toBe('ack');
    await ben.settled();
    expect(ben.of('note')).toEqual([]);
    expect(await publish(ben, 'from-outside')).toBe('not-subscribed');
    expect(ben.socket.readyState).toBe(ben.socket.OPEN);
  });

  it('[S6] concerns every topic of the id, every tab of the user, and nobody and nothing else', async () => {
    const others = await Promise.all([enter('ann'), enter('ben', 'room/text:2'), enter('ben', 'room/text:11')]);
    const removed = await Promise.all([enter('ben'), enter('ben'), enter('ben', 'room/board:1')]);
    denied.set('ben', all);
    engine.allowanceChanges.next({ namespace: 'room', id: '1', userId: 'ben' });
    await Promise.all(removed.map((client) => client.nextOf('unsubscribe')));
    for (const client of others) {
      await client.settled();
      expect(client.of('unsubscribe')).toEqual([]);
    }
  });

  it('[S6] without a user it concerns everyone', async () => {
    const [ann, ben, cleo] = await Promise.all([enter('ann'), enter('ben'), enter('cleo')]);
    for (const userId of ['ann', 'ben']) denied.set(userId, all);
    engine.allowanceChanges.next({ namespace: 'room', id: '1' });
    await Promise.all([ann, ben].map((client) => client.nextOf('unsubscribe')));
    await cleo.settled();
    expect(cleo.of('unsubscribe')).toEqual([]);
  });

  it('[S6] nothing that is published from the beginning of a change on reaches who loses the right by it', async () => {
    const ann = await enter('ann');
    const ben = await enter('ben');
    expect(await publish(ann, 'before')).toBe('ack');
    await ben.nextOf('note');
    await access().change({ namespace: 'room', id: '1', userId: 'ben' }, async () => {
      expect(await publish(ann, 'meanwhile')).toBe('ack');
      denied.set('ben', all);
      expect(await publish(ann, 'committed')).toBe('ack');
    });
    expect(await publish(ann, 'after')).toBe('ack');
    await ben.settled();
    expect(ben.seen.map(({ type, payload }) => (type === 'note' ? payload : type))).toEqual([
      'subscribe',
      'before',
      'unsubscribe',
      'pong',
    ]);
    expect(ann.of('note')).toHaveLength(4);
  });

  it('[S6] [H1] a page that was asked for before does not bring what was stored after the change', async () => {
    const ann = await enter('ann');
    const ben = await enter('ben');
    await access().change({ namespace: 'room', id: '1', userId: 'ben' }, async () => {
      denied.set('ben', all);
      ann.send({ action: 'note', topic, id: 'late', store: true, payload: 'late' });
      await ann.answerTo('late');
      ben.send({ action: 'load-messages', topic, id: 'page' });
      await ann.settled();
    });
    await ben.nextOf('unsubscribe');
    await ben.settled();
    expect(JSON.stringify(ben.seen)).not.toContain('late');
  });

  it('[S6] what two changes hold back comes once, in order, when both are over', async () => {
    const ann = await enter('ann');
    const ben = await enter('ben');
    const change = { namespace: 'room', id: '1', userId: 'ben' };
    const other = Promise.withResolvers<undefined>();
    const both = [
      access().change(change, async () => {
        await publish(ann, 'one');
        other.resolve(undefined);
        await publish(ann, 'two');
      }),
      access().change(change, () => other.promise),
    ];
    await Promise.all(both);
    await publish(ann, 'three');
    await ben.next(({ payload }) => (payload as unknown) === 'three', 'the last message');
    expect(ben.of('note').map(({ payload }) => payload)).toEqual(['one', 'two', 'three']);
  });

  it('[S6] a change that fails, or takes nothing away, costs nobody a message', async () => {
    const ann = await enter('ann');
    const ben = await enter('ben');
    const failed = access().change({ namespace: 'room', id: '1', userId: 'ben' }, async () => {
      expect(await publish(ann, 'meanwhile')).toBe('ack');
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await publish(ann, 'after')).toBe('ack');
    await ben.next(({ payload }) => (payload as unknown) === 'after', 'the second message');
    expect(ben.of('note').map(({ payload, offset }) => [payload, offset])).toEqual([
      ['meanwhile', 1],
      ['after', 2],
    ]);
  });

  it('[S6] whoever wants to enter while a change is made waits for it, and a guard that thought meanwhile is asked again', async () => {
    const ann = await enter('ann');
    const ben = await engine.connect('ben');
    let think = (): void => undefined;
    gate = new Promise((resolve) => (think = resolve));
    ben.send({ action: 'subscribe', topic, id: 'early' });
    await access().change({ namespace: 'room', id: '1', userId: 'ben' }, async () => {
      ben.send({ action: 'subscribe', topic, id: 'meanwhile' });
      think();
      await ann.settled();
      denied.set('ben', all);
    });
    const answers = await Promise.all(['early', 'meanwhile'].map((id) => ben.answerTo(id)));
    expect(answers.map(({ type, payload }) => [type, payload.code])).toEqual([
      ['error', 'forbidden'],
      ['error', 'forbidden'],
    ]);
    expect(ann.of('subscriber')).toEqual([]);
  });

  it('[S6] [S5] who may stay and write no longer is told, and is refused from then on', async () => {
    const ann = await enter('ann');
    expect(await publish(ann, 'before')).toBe('ack');
    denied.set('ann', ['publish', 'store']);
    const change = { namespace: 'room', id: '1' };
    await access().change(change, () => Promise.resolve());
    expect((await ann.nextOf('allowance')).payload).toEqual({ publish: false, store: false });
    expect(await publish(ann, 'after')).toBe('forbidden');
    engine.allowanceChanges.next(change);
    ann.send({ action: 'load-messages', topic, id: 'page' });
    expect((await ann.answerTo('page')).type).toBe('load-messages');
    await ann.next((frame) => frame.type === 'allowance' && frame !== ann.of('allowance')[0], 'the second word');
    denied.delete('ann');
    await access().change(change, () => Promise.resolve());
    await ann.next(({ type, payload }) => type === 'allowance' && payload.store === true, 'the right to write again');
    expect(await publish(ann, 'again')).toBe('ack');
  });

  it('[S6] nobody stays on a guess: a guard that does not answer after a change ends the connection with 1013', async () => {
    const ann = await enter('ann');
    failing = true;
    engine.allowanceChanges.next({ namespace: 'room', id: '1' });
    expect((await ann.closed()).code).toBe(CloseCode.tryAgainLater);
  });

  it('[S6] [U3] who loses the right in their grace period does not count as present any more', async () => {
    const ann = await enter('ann');
    const ben = await enter('ben');
    await engine.lose(ben);
    denied.set('ben', all);
    engine.allowanceChanges.next({ namespace: 'room', id: '1', userId: 'ben' });
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
  });
});

describe('changes that take long, or come often', () => {
  let engine: TestEngine;

  afterEach(() => engine.close());

  async function enter(userId: string, name = topic) {
    const client = await engine.connect(userId);
    client.send({ action: 'subscribe', topic: name, id: 'join' });
    const { type } = await client.answerTo('join');
    return { client, type };
  }

  it('[S6] changes elsewhere, one after the other, are no concern of anyone', async () => {
    const slow = async (): Promise<boolean> => {
      for (let tick = 0; tick < 20; tick += 1) await new Promise((resolve) => setImmediate(resolve));
      return true;
    };
    engine = await startEngine(slow);
    let changing = true;
    const change = (): void => {
      engine.allowanceChanges.next({ namespace: 'room', id: '2' });
      if (changing) setImmediate(change);
    };
    change();
    const entered = await Promise.all(['ann', 'ben', 'cleo'].map((userId) => enter(userId)));
    changing = false;
    expect(entered.map(({ type }) => type)).toEqual(['subscribe', 'subscribe', 'subscribe']);
  });

  it('[S6] a transaction that takes longer than a guard may ends nobody’s connection', async () => {
    let questions = 0;
    let looked = (): void => undefined;
    // Cleo is elsewhere; the keeper looks at everyone in turn, and looks away from those about whom a change is made.
    const often = new Promise<void>((resolve) => (looked = resolve));
    engine = await startEngine(
      (context) => {
        if (allowanceRequest(context).user.id === 'cleo') questions += 1;
        if (questions === 6) looked();
        return true;
      },
      { guardTimeoutMs: 100, leaseMs: 400 },
    );
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    const { client: elsewhere } = await enter('cleo', 'room/text:2');
    const done = Promise.withResolvers<undefined>();
    const change = engine.app
      .get(TopicAccess, { strict: false })
      .change({ namespace: 'room', id: '1' }, () => done.promise);
    await often;
    done.resolve(undefined);
    await change;
    await Promise.all([ann, ben, elsewhere].map((client) => client.settled()));
  });

  it('[S6] [U3] who is removed while their socket breaks does not count as present', async () => {
    const thinking = Promise.withResolvers<boolean>();
    let asked = (): void => undefined;
    const question = new Promise<void>((resolve) => (asked = resolve));
    let changed = false;
    engine = await startEngine((context) => {
      if (!changed || allowanceRequest(context).user.id !== 'ben') return true;
      asked();
      return thinking.promise;
    });
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    changed = true;
    engine.allowanceChanges.next({ namespace: 'room', id: '1', userId: 'ben' });
    await question;
    await engine.lose(ben);
    thinking.resolve(false);
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
  });

  it('[S6] subscribing again while deliveries are held back neither doubles nor loses them', async () => {
    const thinking = Promise.withResolvers<boolean>();
    let questions = 0;
    let changed = false;
    engine = await startEngine((context) => {
      const { user, intent } = allowanceRequest(context);
      if (!changed || user.id !== 'ben' || intent !== 'subscribe') return true;
      questions += 1;
      return questions === 1 ? thinking.promise : true;
    });
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    const { epoch } = (await ben.nextOf('subscribe')).payload;
    changed = true;
    engine.allowanceChanges.next({ namespace: 'room', id: '1', userId: 'ben' });
    ann.send({ action: 'note', topic, id: 'one', payload: 1 });
    await ann.answerTo('one');
    ben.send({ action: 'subscribe', topic, id: 'again', payload: { since: { epoch, offset: 0 } } });
    await ann.settled();
    thinking.resolve(true);
    await ben.answerTo('again');
    ann.send({ action: 'note', topic, id: 'two', payload: 2 });
    await ben.next(({ offset }) => offset === 2, 'the second message');
    const offsets = ben.of('note').map(({ offset }) => offset);
    // The first one came by release or by replay; a client that goes by offsets shows it once.
    expect(offsets.filter((offset, index) => offset !== offsets[index - 1])).toEqual([1, 2]);
    expect(offsets).toEqual([...offsets].sort());
  });

  it('[U5] [S6] who is in question does not learn who came meanwhile', async () => {
    let removed = false;
    engine = await startEngine((context) => !(removed && allowanceRequest(context).user.id === 'ben'));
    await enter('ann');
    const { client: ben } = await enter('ben');
    await engine.app
      .get(TopicAccess, { strict: false })
      .change({ namespace: 'room', id: '1', userId: 'ben' }, async () => {
        removed = true;
        await enter('cleo');
        ben.send({ action: 'load-subscribers', topic, id: 'who' });
        await engine.connect('ann').then((client) => client.settled());
      });
    await ben.nextOf('unsubscribe');
    await ben.settled();
    expect(JSON.stringify(ben.seen)).not.toContain('cleo');
  });
});

describe('revocation without a word', () => {
  it('[S6] [U3] who is refused counts as present no longer, however often they resume', async () => {
    let allowed = true;
    const engine = await startEngine((context) => allowed || allowanceRequest(context).user.id !== 'ben');
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    await ann.nextOf('subscribe');
    const ben = await engine.connect('ben');
    ben.send({ action: 'subscribe', topic });
    await ben.nextOf('subscribe');
    allowed = false;
    await engine.lose(ben);
    const again = await engine.connect('ben', undefined, ben.connectionId);
    again.send({ action: 'subscribe', topic, id: 'join' });
    expect((await again.answerTo('join')).payload.code).toBe('forbidden');
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
    await engine.close();
  });

  it('[S6] a change that nobody announces ends with the lease', async () => {
    let allowed = true;
    const engine = await startEngine(() => allowed, { leaseMs: 400, guardTimeoutMs: 100 });
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    await ann.nextOf('subscribe');
    allowed = false;
    expect((await ann.nextOf('unsubscribe')).payload).toEqual({ reason: 'revoked' });
    await engine.close();
  });
});
