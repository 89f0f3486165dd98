import { allowanceRequest } from '@parley/allowances/contract';
import { CloseCode } from '@parley/protocol';
import { Admissions } from './admissions';
import { Connections } from './connections';
import { startEngine, type RawClient, type SeenFrame, type TestEngine } from './testing';

const topic = 'room/text:1';

describe('resuming a connection', () => {
  let engine: TestEngine;

  afterEach(() => engine.close());

  async function enter(userId: string, resume?: string) {
    const client = await engine.connect(userId, undefined, resume);
    client.send({ action: 'subscribe', topic, id: 'join' });
    const { payload } = await client.answerTo('join');
    return { client, subscribed: payload };
  }

  function news(client: RawClient): SeenFrame[] {
    return client.seen.filter(({ type }) => type === 'subscriber' || type === 'unsubscriber');
  }

  function mayResume(connectionId: string, sessionId = 'session-of-ben'): boolean {
    return engine.app.get(Admissions, { strict: false }).resumes(connectionId, sessionId);
  }

  it('[T4] [U3] within the grace period nobody sees that it was away', async () => {
    engine = await startEngine(() => true);
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    const before = news(ann);
    await engine.lose(ben);
    const { client: again, subscribed } = await enter('ben', ben.connectionId);
    expect(again.connectionId).toBe(ben.connectionId);
    expect((subscribed.participants as { userId: string }[]).map(({ userId }) => userId)).toEqual(['ann', 'ben']);
    ann.send({ action: 'note', topic, id: 'n', payload: 'hello', to: [ben.connectionId] });
    await again.nextOf('note');
    await ann.settled();
    expect(news(ann)).toEqual(before);
    again.close();
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
  });

  it('[U3] counts as present in the grace period, and then leaves once', async () => {
    engine = await startEngine(() => true, { graceMs: 300 });
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    await engine.lose(ben);
    const { subscribed } = await enter('cleo');
    expect(JSON.stringify(subscribed.participants)).toContain(ben.connectionId);
    await ann.nextOf('unsubscriber');
    const { subscribed: later } = await enter('cleo');
    expect(JSON.stringify(later.participants)).not.toContain(ben.connectionId);
    expect(
      news(ann)
        .filter(({ payload }) => payload.userId === 'ben')
        .map(({ type }) => type),
    ).toEqual(['subscriber', 'unsubscriber']);
  });

  it('[U3] who resumes and does not come back to the topic leaves it when the grace period is over', async () => {
    engine = await startEngine(() => true, { graceMs: 300 });
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    await engine.lose(ben);
    await engine.connect('ben', undefined, ben.connectionId);
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
  });

  it('[U3] who resumes and then closes leaves at once, subscribed again or not', async () => {
    engine = await startEngine(() => true);
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    await engine.lose(ben);
    const again = await engine.connect('ben', undefined, ben.connectionId);
    again.close();
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
    expect(mayResume(ben.connectionId)).toBe(false);
  });

  it('[S7] [U3] unsubscribing after a resume is leaving', async () => {
    engine = await startEngine(() => true);
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    await engine.lose(ben);
    const again = await engine.connect('ben', undefined, ben.connectionId);
    again.send({ action: 'unsubscribe', topic });
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
  });

  it.each([
    ['1000', (client: RawClient) => client.socket.close(1000)],
    ['1001', (client: RawClient) => client.socket.close(1001)],
    ['no code', (client: RawClient) => client.socket.close()],
    ['4400', (client: RawClient) => client.send(Buffer.from('binary'))],
  ])('[U3] a connection that ends with %s leaves at once and is not resumed', async (_, end) => {
    engine = await startEngine(() => true);
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    end(ben);
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
    expect(mayResume(ben.connectionId)).toBe(false);
  });

  it('[U3] who says that it was replaced, and was not, lapses like anyone', async () => {
    engine = await startEngine(() => true, { graceMs: 100 });
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    ben.socket.close(CloseCode.replaced);
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
    ann.send({ action: 'load-subscribers', topic, id: 'who' });
    expect((await ann.answerTo('who')).payload.participants).toHaveLength(1);
  });

  it('[T5] [U3] a session that ends takes its connections in their grace period with it', async () => {
    engine = await startEngine(() => true);
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    await engine.lose(ben);
    expect(mayResume(ben.connectionId)).toBe(true);
    engine.sessionEnds.next('session-of-ben');
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
    expect(mayResume(ben.connectionId)).toBe(false);
  });

  it('[T4] is for the same session only, and for connections that are known', async () => {
    engine = await startEngine(() => true);
    const { client: ben } = await enter('ben');
    expect(mayResume(ben.connectionId)).toBe(true);
    expect(mayResume(ben.connectionId, 'session-of-cleo')).toBe(false);
    expect(mayResume('unknown')).toBe(false);
    await engine.lose(ben);
    expect(mayResume(ben.connectionId)).toBe(true);
    expect(mayResume(ben.connectionId, 'session-of-cleo')).toBe(false);
  });

  it('[T4] closes the socket that is still open with 4409, and what came over it is answered on the new one', async () => {
    engine = await startEngine(() => true);
    const { client: ann } = await enter('ann');
    const { client: old } = await enter('ben');
    const before = news(ann);
    let commit = (): void => undefined;
    engine.log.gate = new Promise((resolve) => (commit = resolve));
    old.send({ action: 'note', topic, id: 'once', store: true, payload: 1 });
    await old.settled();
    const { client: fresh } = await enter('ben', old.connectionId);
    expect((await old.closed()).code).toBe(CloseCode.replaced);
    fresh.send({ action: 'note', topic, id: 'once', store: true, payload: 1 });
    await fresh.settled();
    commit();
    expect((await fresh.answerTo('once')).payload).toMatchObject({ seq: 1 });
    await ann.nextOf('note');
    await ann.settled();
    expect(ann.of('note')).toHaveLength(1);
    expect(news(ann)).toEqual(before);
  });

  it('[F4] [T4] resuming needs no room for one more connection', async () => {
    engine = await startEngine(() => true, { connectionsPerUser: 1 });
    const { client: old } = await enter('ben');
    await enter('ben', old.connectionId);
    expect((await old.closed()).code).toBe(CloseCode.replaced);
    await expect(engine.connect('ben')).rejects.toThrow('429');
  });

  it('[U3] losing one socket after the other makes nobody stay in a topic that they do not come back to', async () => {
    engine = await startEngine(() => true, { graceMs: 400 });
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    await engine.lose(ben);
    // Each of them would begin the grace period anew.
    while (ann.of('unsubscriber').length === 0)
      await engine.lose(await engine.connect('ben', undefined, ben.connectionId));
    expect(ann.of('unsubscriber').map(({ payload }) => payload.userId)).toEqual(['ben']);
  });

  it('[F4] [U3] nobody has more connections in their grace period than anyone may have', async () => {
    engine = await startEngine(() => true, { connectionsPerUser: 2 });
    const { client: ann } = await enter('ann');
    for (let count = 0; count < 5; count += 1) await engine.lose((await enter('ben')).client);
    // The last one to be noticed makes it four: the two that may stay, one that goes, and that goes too.
    const lists = (): unknown[] =>
      ann.seen.filter(({ type }) => type === 'subscriber').map(({ payload }) => payload.connectionIds);
    await ann.next(() => (lists().at(-1) as string[]).length === 2 && lists().length >= 8, 'the list of two');
  });

  it('[T5] [U3] a session that ends while its socket is closing leaves nobody behind', async () => {
    let failing = false;
    engine = await startEngine((context) => {
      if (failing && allowanceRequest(context).user.id === 'ben') throw new Error('the database is away');
      return true;
    });
    const { client: ann } = await enter('ann');
    const { client: ben } = await enter('ben');
    const connection = engine.app.get(Connections, { strict: false }).find(ben.connectionId);
    // It does not read the close frame, so its socket goes on closing.
    ben.socket.pause();
    failing = true;
    engine.allowanceChanges.next({ namespace: 'room', id: '1', userId: 'ben' });
    while (connection?.open === true) await new Promise((resolve) => setTimeout(resolve, 5));
    engine.sessionEnds.next('session-of-ben');
    ben.socket.terminate();
    expect((await ann.nextOf('unsubscriber')).payload.userId).toBe('ben');
  });
});
