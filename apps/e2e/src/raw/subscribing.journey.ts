import { formatTopic } from '@parley/protocol';
import { randomUUID } from 'node:crypto';
import { RawSocket, type SeenFrame } from '@parley/harness';
import { World } from '@parley/harness/world';

describe('subscribing', () => {
  let world: World;
  let topic: string;
  const open: RawSocket[] = [];

  beforeAll(async () => {
    world = await World.start();
  });

  beforeEach(async () => {
    topic = await world.freshTopic();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((socket) => socket.close()));
    await world.stillServes();
  });

  afterAll(() => world.stop());

  async function connect(person = world.ann): Promise<RawSocket> {
    const socket = await RawSocket.connect(person);
    open.push(socket);
    return socket;
  }

  /** Everything of an answer that could tell one refusal from another. */
  function comparable({ type, sender, store, payload }: SeenFrame): unknown {
    return { type, sender, store, payload: { ...payload, id: undefined } };
  }

  it('[S1] Cleo is refused exactly as for a topic that does not exist, and gets nothing of it', async () => {
    const ann = await connect();
    await ann.subscribe(topic);
    const cleo = await connect(world.cleo);
    const answers: SeenFrame[] = [];
    for (const wanted of [topic, formatTopic('exchange', 'text', randomUUID()), formatTopic('exchange', 'text', '1')]) {
      answers.push(await cleo.ask({ action: 'subscribe', topic: wanted }));
    }
    const [real, unknown, odd] = answers.map(comparable);
    expect(real).toMatchObject({ type: 'error', payload: { code: 'forbidden' } });
    expect(unknown).toEqual(real);
    expect(odd).toEqual(real);

    await ann.ask({ action: 'message', topic, store: true, payload: { text: 'not for Cleo' } });
    await cleo.settled();
    expect(cleo.seen.filter((frame) => frame.topic === topic && frame.type !== 'error')).toEqual([]);
    expect(ann.of('subscriber')).toEqual([]);
    await ann.settled();
  });

  it.each(['message', 'load-messages', 'load-subscribers'])(
    '[S1] [S4] Cleo gets the same answer to %s in a topic that exists and in one that does not',
    async (action) => {
      const cleo = await connect(world.cleo);
      const there = await cleo.ask({ action, topic, payload: null });
      const nowhere = await cleo.ask({ action, topic: formatTopic('exchange', 'text', randomUUID()), payload: null });
      expect(there.type).toBe('error');
      expect(comparable(nowhere)).toEqual(comparable(there));
    },
  );

  it('[S1] someone who is added may enter, and someone who is removed may not enter again', async () => {
    const booking = await world.book(world.ann, []);
    const later = formatTopic('exchange', 'text', booking.id);
    const cleo = await connect(world.cleo);
    expect((await cleo.ask({ action: 'subscribe', topic: later })).payload.code).toBe('forbidden');
    const path = `/api/bookings/${booking.id}/participants`;
    const added = await world.ann.request('POST', path, { email: world.cleo.email });
    expect(added.status).toBeLessThan(300);
    await cleo.subscribe(later);
    await cleo.ask({ action: 'unsubscribe', topic: later });
    const removed = await world.ann.request('DELETE', `${path}/${world.cleo.userId}`);
    expect(removed.status).toBeLessThan(300);
    expect((await cleo.ask({ action: 'subscribe', topic: later })).payload.code).toBe('forbidden');
  });

  it.each(['nowhere/text:1', 'admin/text:1', 'room/text:1', 'constructor/text:1'])(
    '[S2] refuses a namespace without a guard: %s',
    async (unknown) => {
      const ann = await connect();
      const answer = await ann.ask({ action: 'subscribe', topic: unknown });
      expect(answer).toMatchObject({ type: 'error', payload: { code: 'forbidden' } });
      await ann.subscribe(topic);
    },
  );

  it.each(['files', 'admin', 'constructor'])(
    '[S1] refuses a feature that an exchange does not have: %s',
    async (name) => {
      const ann = await connect();
      const answer = await ann.ask({ action: 'subscribe', topic: formatTopic('exchange', name, world.booking.id) });
      expect(answer.payload.code).toBe('forbidden');
    },
  );

  it('[S3] answers with epoch, offset and participants, to this connection only', async () => {
    const [ann, ben] = [await connect(), await connect(world.ben)];
    await ann.subscribe(topic);
    const answer = await ben.subscribe(topic);
    expect(answer).toMatchObject({ type: 'subscribe', topic, sender: null });
    expect(answer.payload).toMatchObject({ epoch: expect.any(String) as string, offset: 0, recovered: false });
    expect(answer.payload.participants).toHaveLength(2);
    await ann.settled();
    expect(ann.of('subscribe')).toHaveLength(1);
  });

  it('[S3] from then on every message comes once, in offset order, however many publish', async () => {
    const writers = await Promise.all([connect(), connect(world.ben), connect(), connect(world.ben)]);
    const reader = await connect();
    await Promise.all([...writers, reader].map((socket) => socket.subscribe(topic)));
    await Promise.all(
      writers.map((socket, writer) =>
        Promise.all(
          Array.from({ length: 40 }, (_, number) =>
            socket.ask({ action: 'note', topic, store: number % 3 === 0, payload: { writer, number } }),
          ),
        ),
      ),
    );
    for (const socket of [...writers, reader]) {
      const notes = await socket.count('note', 160);
      expect(notes.map(({ offset }) => offset)).toEqual(Array.from({ length: 160 }, (_, index) => index + 1));
      for (const writer of writers.keys()) {
        const theirs = notes.filter(({ payload }) => payload.writer === writer);
        expect(theirs.map(({ payload }) => payload.number)).toEqual(Array.from({ length: 40 }, (_, index) => index));
      }
    }
  });

  it('[S3] a later subscriber starts at the offset that it was told', async () => {
    const ann = await connect();
    await ann.subscribe(topic);
    for (const number of [1, 2, 3]) await ann.ask({ action: 'note', topic, payload: { number } });
    const ben = await connect(world.ben);
    expect((await ben.subscribe(topic)).payload).toMatchObject({ offset: 3 });
    await ann.ask({ action: 'note', topic, payload: { number: 4 } });
    const [first] = await ben.count('note', 1);
    expect(first).toMatchObject({ offset: 4, payload: { number: 4 } });
  });

  it('[S4] refuses to publish in a topic that it is not subscribed to, even an allowed one', async () => {
    const [ann, ben] = [await connect(), await connect(world.ben)];
    await ben.subscribe(topic);
    for (const store of [false, true]) {
      const answer = await ann.ask({ action: 'note', topic, store, payload: { text: 'from outside' } });
      expect(answer).toMatchObject({ type: 'error', payload: { code: 'not-subscribed' } });
    }
    await ben.settled();
    expect(ben.of('note')).toEqual([]);
    const { rows } = await world.database.query('SELECT FROM topic_messages WHERE topic = $1', [topic]);
    expect(rows).toEqual([]);
    await ann.subscribe(topic);
    expect((await ann.ask({ action: 'note', topic })).type).toBe('ack');
  });

  it('[S5] handles one connection’s frames in the order in which they came, without waiting for answers', async () => {
    const ann = await connect();
    ann.send({ action: 'subscribe', topic, id: 'one' });
    for (let number = 0; number < 20; number += 1) ann.send({ action: 'note', topic, payload: { number } });
    ann.send({ action: 'unsubscribe', topic, id: 'two' });
    ann.send({ action: 'note', topic, id: 'three' });
    const error = await ann.next(({ id }) => id === 'three', 'the refusal');
    expect(error.payload.code).toBe('not-subscribed');
    expect(ann.of('note').map(({ payload }) => payload.number)).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
    expect(ann.seen.map(({ type }) => type)).toEqual([
      'subscribe',
      ...Array.from({ length: 20 }, () => 'note'),
      'unsubscribe',
      'error',
    ]);
  });

  it('[S7] unsubscribing twice, or from what was never subscribed to, is answered alike and harms nothing', async () => {
    const ann = await connect();
    await ann.subscribe(topic);
    const answers = [];
    for (const from of [topic, topic, world.topic, formatTopic('exchange', 'text', randomUUID())]) {
      answers.push(await ann.ask({ action: 'unsubscribe', topic: from }));
    }
    for (const answer of answers)
      expect(answer).toMatchObject({ type: 'unsubscribe', payload: { reason: 'requested' } });
    await ann.subscribe(topic);
    expect((await ann.ask({ action: 'note', topic })).type).toBe('ack');
  });

  it('[S3] [S7] nothing comes after unsubscribing, and everything again after subscribing anew', async () => {
    const [ann, ben] = [await connect(), await connect(world.ben)];
    await Promise.all([ann.subscribe(topic), ben.subscribe(topic)]);
    await ben.ask({ action: 'unsubscribe', topic });
    await ann.ask({ action: 'note', topic, payload: { number: 1 } });
    await ben.settled();
    expect(ben.of('note')).toEqual([]);
    await ben.subscribe(topic);
    await ben.subscribe(topic);
    await ann.ask({ action: 'note', topic, payload: { number: 2 } });
    await ben.count('note', 1);
    await ben.settled();
    expect(ben.of('note')).toHaveLength(1);
  });
});
