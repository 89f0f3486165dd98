import { startEngine, type TestEngine, type RawClient } from './testing';

const topic = 'room/text:1';

describe('publishing', () => {
  let engine: TestEngine;
  let ann: RawClient & { connectionId: string };
  let ben: RawClient & { connectionId: string };

  beforeEach(async () => {
    engine = await startEngine(() => true, { messagesPerSecond: 10_000, messageBurst: 10_000 });
    [ann, ben] = await Promise.all([engine.connect('ann'), engine.connect('ben')]);
    for (const client of [ann, ben]) {
      client.send({ action: 'subscribe', topic });
      await client.nextOf('subscribe');
    }
  });

  afterEach(() => engine.close());

  it('[P1] broadcasts a custom action to every subscriber, the sender included', async () => {
    ann.send({ action: 'wave', topic, payload: { deep: ['café 👩‍👩‍👧 日本語', null, 1.5, true] } });
    for (const client of [ann, ben]) {
      expect(await client.nextOf('wave')).toMatchObject({
        topic,
        sender: ann.connectionId,
        userId: 'ann',
        store: false,
        offset: 1,
        payload: { deep: ['café 👩‍👩‍👧 日本語', null, 1.5, true] },
      });
    }
  });

  it('[P2] commits before it broadcasts and acknowledges', async () => {
    let commit = (): void => undefined;
    engine.log.gate = new Promise((resolve) => (commit = resolve));
    ann.send({ action: 'note', topic, store: true, id: 'n', payload: 1 });
    await ann.settled();
    await ben.settled();
    expect([...ann.of('note'), ...ben.of('note'), ...ann.of('ack')]).toEqual([]);
    commit();
    expect((await ann.answerTo('n')).type).toBe('ack');
    await ben.nextOf('note');
    expect(engine.log.messages).toHaveLength(1);
  });

  it('[P2] [P6] keeps the order of stored and unstored messages of one topic', async () => {
    const kinds = Array.from({ length: 60 }, (_, number) => ({ number, store: number % 3 === 0 }));
    for (const { number, store } of kinds) ann.send({ action: 'note', topic, store, payload: number });
    await ben.next(({ type, payload }) => type === 'note' && (payload as unknown) === 59);
    expect(ben.of('note').map(({ payload }) => payload as unknown)).toEqual(kinds.map(({ number }) => number));
    expect(ben.of('note').map(({ offset }) => offset)).toEqual(kinds.map(({ number }) => number + 1));
    expect(
      ben
        .of('note')
        .filter(({ seq }) => seq !== undefined)
        .map(({ seq }) => seq),
    ).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('[P2] says so when a message could not be stored, and broadcasts nothing', async () => {
    engine.log.failure = new Error('the database is away');
    ann.send({ action: 'note', topic, store: true, id: 'n', payload: 1 });
    ann.send({ action: 'note', topic, store: true, payload: 2 });
    expect((await ann.answerTo('n')).payload).toMatchObject({ code: 'not-stored', id: 'n', retryAfter: 1_000 });
    await ann.settled();
    expect(ann.of('error')).toHaveLength(2);
    engine.log.failure = undefined;
    ann.send({ action: 'note', topic, store: true, id: 'n', payload: 3 });
    await ann.next(({ type, id }) => type === 'ack' && id === 'n');
    await ben.settled();
    expect(ben.of('note').map(({ payload }) => payload as unknown)).toEqual([3]);
  });

  it('[P2] [P3] stores once and broadcasts what was committed although the store’s answer was lost', async () => {
    const append = engine.log.append.bind(engine.log);
    let lost = 0;
    engine.log.append = async (batch) => {
      const answer = await append(batch);
      lost += 1;
      if (lost <= 2) throw new Error('the connection broke after the commit');
      return answer;
    };
    ann.send({ action: 'note', topic, store: true, id: 'n', payload: 1 });
    expect((await ann.answerTo('n')).payload).toMatchObject({ seq: 1 });
    await ben.nextOf('note');
    expect(engine.log.messages).toHaveLength(1);
    await ben.settled();
    expect(ben.of('note')).toHaveLength(1);
  });

  it('[P2] [P3] tells everyone when the sender’s own retry finds what had been given up', async () => {
    const append = engine.log.append.bind(engine.log);
    let away = true;
    engine.log.append = async (batch) => {
      const answer = await append(batch);
      if (away) throw new Error('the connection broke after the commit');
      return answer;
    };
    const frame = { action: 'note', topic, store: true, id: 'n', payload: 1 };
    ann.send(frame);
    expect((await ann.answerTo('n')).payload.code).toBe('not-stored');
    away = false;
    ann.send(frame);
    await ann.nextOf('ack');
    expect((await ben.nextOf('note')).seq).toBe(1);
    expect(engine.log.messages).toHaveLength(1);
  });

  it('[H3] [P2] tells everyone when the sender’s retry finds what another process has written meanwhile', async () => {
    const late = {
      topic,
      action: 'note',
      userId: 'ann',
      sender: 'gone',
      id: 'late',
      payload: 1,
      timestamp: new Date(0),
    };
    const frame = { action: 'note', topic, store: true, id: 'late', payload: 1 };
    // Killed between the statement and its end: everyone is back already, and nobody has it.
    await engine.log.append([late]);
    ben.send({ action: 'note', topic, store: true, id: 'between', payload: 2 });
    await ben.answerTo('between');
    ann.send(frame);
    const ack = await ann.answerTo('late');
    expect(ack.payload).toMatchObject({ seq: 1, timestamp: '1970-01-01T00:00:00.000Z' });
    expect(await ben.next(({ seq }) => seq === 1)).toMatchObject({ payload: 1, offset: ack.payload.offset });
    ann.send(frame);
    await ann.settled();
    await ben.settled();
    expect(ann.of('ack').map(({ payload }) => payload)).toEqual([ack.payload, ack.payload]);
    expect(ben.of('note').map(({ seq }) => seq)).toEqual([2, 1]);
  });

  it('[P3] does not broadcast again what was stored before anyone came', async () => {
    const other = 'room/text:2';
    const old = {
      topic: other,
      action: 'note',
      userId: 'ann',
      sender: 'gone',
      id: 'old',
      payload: 1,
      timestamp: new Date(0),
    };
    await engine.log.append([old]);
    ann.send({ action: 'subscribe', topic: other });
    ann.send({ action: 'note', topic: other, store: true, id: 'old', payload: 1 });
    const { payload } = await ann.answerTo('old');
    expect(payload).toEqual({ id: 'old', seq: 1, timestamp: '1970-01-01T00:00:00.000Z' });
    await ann.settled();
    expect(ann.of('note')).toEqual([]);
  });

  it('[P2] one message that cannot be stored does not take its neighbours with it', async () => {
    engine.log.unstorable = 'poison';
    for (let number = 0; number < 9; number += 1)
      ann.send({ action: number === 4 ? 'poison' : 'note', topic, store: true, id: `n${number}`, payload: number });
    const answers = await Promise.all(Array.from({ length: 9 }, (_, number) => ann.answerTo(`n${number}`)));
    expect(answers.map(({ type }) => type)).toEqual(['ack', 'ack', 'ack', 'ack', 'error', 'ack', 'ack', 'ack', 'ack']);
    // Sending it again would not help, and nothing says that it would.
    expect(answers[4]?.payload).toEqual({ code: 'not-stored', id: 'n4', message: expect.any(String) as string });
    expect(engine.log.messages.map(({ payload }) => payload)).toEqual([0, 1, 2, 3, 5, 6, 7, 8]);
  });

  it.each([true, false])(
    '[P3] answers a repeat with the first ack and does not broadcast it again (stored: %s)',
    async (store) => {
      const frame = { action: 'note', topic, store, id: 'same', payload: 1 };
      ann.send(frame);
      ann.send(frame);
      const other = await engine.connect('ann');
      other.send({ action: 'subscribe', topic });
      other.send(frame);
      const late = await other.answerTo('same');
      await ann.settled();
      const acks = ann.of('ack').map(({ payload }) => payload);
      expect(acks).toHaveLength(2);
      expect(acks[1]).toEqual(acks[0]);
      expect(late.payload).toEqual(acks[0]);
      await ben.settled();
      expect(ben.of('note')).toHaveLength(1);
    },
  );

  it('[P3] the same id of another user is another message', async () => {
    ann.send({ action: 'note', topic, store: true, id: 'same', payload: 'ann' });
    ben.send({ action: 'note', topic, store: true, id: 'same', payload: 'ben' });
    await Promise.all([ann.answerTo('same'), ben.answerTo('same')]);
    expect(engine.log.messages.map(({ userId }) => userId).sort()).toEqual(['ann', 'ben']);
  });

  it('[P4] delivers a directed message to those connections of the topic only, and keeps it nowhere', async () => {
    const cleo = await engine.connect('cleo');
    ann.send({
      action: 'offer',
      topic,
      to: [ben.connectionId, ben.connectionId, cleo.connectionId],
      id: 'o',
      payload: 'sdp',
    });
    const ack = await ann.answerTo('o');
    expect(ack.payload.offset).toBeUndefined();
    expect(await ben.nextOf('offer')).toMatchObject({ sender: ann.connectionId, payload: 'sdp' });
    await Promise.all([ben.settled(), cleo.settled(), ann.settled()]);
    expect([ben.of('offer').length, cleo.of('offer').length, ann.of('offer').length]).toEqual([1, 0, 0]);
    expect(engine.log.messages).toEqual([]);
  });

  it('[P5] [P6] a volatile message has no offset and takes none', async () => {
    ann.send({ action: 'cursor', topic, volatile: true, payload: [1, 2] });
    ann.send({ action: 'note', topic, payload: 1 });
    expect((await ben.nextOf('cursor')).offset).toBeUndefined();
    expect((await ben.nextOf('note')).offset).toBe(1);
  });

  it('stores a tick in one statement', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, number) => {
        ann.send({ action: 'note', topic, store: true, id: `n${number}`, payload: number });
        return ann.answerTo(`n${number}`);
      }),
    );
    expect(engine.log.batches.length).toBeLessThan(50);
    expect(engine.log.batches.reduce((sum, size) => sum + size, 0)).toBe(50);
  });
});

describe('history', () => {
  it('[H1] answers pages from the newest backwards, to the requester alone, in the form of the broadcast', async () => {
    const engine = await startEngine(() => true, { messagesPerSecond: 10_000, messageBurst: 10_000 });
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    for (let number = 1; number <= 25; number += 1)
      ann.send({ action: 'note', topic, store: true, id: `n${number}`, payload: number });
    await ann.answerTo('n25');
    const pages: unknown[] = [];
    let before: number | undefined;
    for (const [page, size] of [10, 10, 5].entries()) {
      ann.send({
        action: 'load-messages',
        topic,
        id: `page-${page}`,
        payload: before === undefined ? { limit: 10 } : { limit: 10, before },
      });
      const answer = (await ann.answerTo(`page-${page}`)) as unknown as {
        payload: { messages: Record<string, unknown>[]; more: boolean };
      };
      const { messages, more } = answer.payload;
      expect(messages).toHaveLength(size);
      expect(more).toBe(page < 2);
      for (const message of messages) {
        const { offset, ...broadcast } = ann.of('note').find(({ seq }) => seq === message.seq) ?? {};
        expect(offset).toBeDefined();
        expect(message).toEqual(broadcast);
      }
      pages.unshift(...messages.map(({ payload }) => payload));
      before = messages[0]?.seq as number;
    }
    expect(pages).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    ann.send({ action: 'load-messages', topic, id: 'greedy', payload: { limit: 101 } });
    expect((await ann.answerTo('greedy')).payload.code).toBe('malformed');
    await engine.close();
  });

  it('[H1] [L2] ends a page before it fills the queue, and says that there is more', async () => {
    const engine = await startEngine(() => true);
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic });
    for (let number = 1; number <= 30; number += 1)
      ann.send({ action: 'note', topic, store: true, id: `n${number}`, payload: 'x'.repeat(50_000) });
    await ann.answerTo('n30');
    ann.send({ action: 'load-messages', topic, id: 'page' });
    const { payload } = await ann.answerTo('page');
    expect(payload.more).toBe(true);
    expect((payload.messages as { seq: number }[]).map(({ seq }) => seq)).toEqual([26, 27, 28, 29, 30]);
    await engine.close();
  });
});
