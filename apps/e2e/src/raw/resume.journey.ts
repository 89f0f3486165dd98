import { CloseCode } from '@parley/protocol';
import { RawSocket } from '@parley/harness';
import { World } from '@parley/harness/world';

/** The participant's connections, as the answer to `load-subscribers` has them. */
async function connectionsOf(socket: RawSocket, topic: string, userId: string): Promise<readonly string[]> {
  const { payload } = await socket.ask({ action: 'load-subscribers', topic });
  const participants = payload.participants as { userId: string; connectionIds: string[] }[];
  return participants.find((participant) => participant.userId === userId)?.connectionIds ?? [];
}

describe('coming back under the same connectionId', () => {
  let world: World;
  let topic: string;
  let ann: RawSocket;

  beforeAll(async () => {
    world = await World.start();
  });

  beforeEach(async () => {
    topic = await world.freshTopic();
    ann = await RawSocket.connect(world.ann);
    await ann.subscribe(topic);
  });

  afterEach(async () => {
    if (ann.isOpen) await ann.close();
    await world.stillServes();
  });

  afterAll(() => world.stop());

  it('[T4] [U3] after a broken connection: the same id, subscriptions anew, and nobody saw anyone leave', async () => {
    const broken = await RawSocket.connect(world.ben);
    await broken.subscribe(topic);
    await ann.count('subscriber', 1);
    broken.terminate();
    await broken.closed();
    const again = await RawSocket.connect(world.ben, await world.ben.ticket(broken.connectionId));
    expect(again.connectionId).toBe(broken.connectionId);
    const early = await again.ask({ action: 'note', topic, payload: null });
    expect(early.payload.code).toBe('not-subscribed');
    expect(await connectionsOf(ann, topic, world.ben.userId)).toEqual([broken.connectionId]);
    await again.subscribe(topic);
    await again.ask({ action: 'note', topic, payload: { text: 'café 日本語' } });
    const [note] = await ann.count('note', 1);
    expect(note?.sender).toBe(broken.connectionId);
    await ann.settled();
    expect(ann.of('unsubscriber')).toEqual([]);
    expect(ann.of('subscriber')).toHaveLength(1);
    await again.close();
  });

  it('[T4] replaces a socket that is still open, with 4409, and the replaced one hears nothing more', async () => {
    const old = await RawSocket.connect(world.ben);
    await old.subscribe(topic);
    const ticket = await world.ben.ticket(old.connectionId);
    expect(ticket.connectionId).toBe(old.connectionId);
    await old.settled();
    const fresh = await RawSocket.connect(world.ben, ticket);
    expect((await old.closed()).code).toBe(CloseCode.replaced);
    await fresh.subscribe(topic);
    await ann.ask({ action: 'note', topic, payload: { number: 1 } });
    await fresh.count('note', 1);
    expect(old.of('note')).toEqual([]);
    expect(ann.of('unsubscriber')).toEqual([]);
    await fresh.close();
  });

  it('[T4] gives another session, of the same user or another, a new id, and leaves the socket alone', async () => {
    const elsewhere = await world.ann.elsewhere();
    for (const person of [world.ben, elsewhere]) {
      const { connectionId } = await person.ticket(ann.connectionId);
      expect(connectionId).not.toBe(ann.connectionId);
    }
    await ann.settled();
  });

  it('[T4] [U3] a clean close leaves at once and cannot be resumed', async () => {
    const ben = await RawSocket.connect(world.ben);
    await ben.subscribe(topic);
    await ben.close(1000);
    const [gone] = await ann.count('unsubscriber', 1);
    expect(gone?.payload).toMatchObject({ userId: world.ben.userId });
    expect((await world.ben.ticket(ben.connectionId)).connectionId).not.toBe(ben.connectionId);
  });

  it('[T4] two tickets for one id: the later socket stays', async () => {
    const first = await RawSocket.connect(world.ben);
    const tickets = [await world.ben.ticket(first.connectionId), await world.ben.ticket(first.connectionId)];
    const [second, third] = [
      await RawSocket.connect(world.ben, tickets[0]),
      await RawSocket.connect(world.ben, tickets[1]),
    ];
    expect((await first.closed()).code).toBe(CloseCode.replaced);
    expect((await second.closed()).code).toBe(CloseCode.replaced);
    await third.settled();
    await third.close();
  });

  it('[U3] who lost the right while away has left at once, and does not come back', async () => {
    const made = await world.book(world.ann, [world.ben]);
    const own = `exchange/text:${made.id}`;
    await ann.subscribe(own);
    const ben = await RawSocket.connect(world.ben);
    await ben.subscribe(own);
    ben.terminate();
    await ben.closed();
    await world.ann.request('DELETE', `/api/bookings/${made.id}/participants/${world.ben.userId}`);
    await ann.next(({ type, topic: where }) => type === 'unsubscriber' && where === own, 'that Ben has left');
    const again = await RawSocket.connect(world.ben, await world.ben.ticket(ben.connectionId));
    expect((await again.ask({ action: 'subscribe', topic: own })).payload.code).toBe('forbidden');
    await again.close();
  });
});

describe('the end of the grace period', () => {
  const graceMs = 400;
  let world: World;

  beforeAll(async () => {
    world = await World.start({ LIMIT_GRACE_MS: String(graceMs) });
  });

  afterAll(() => world.stop());

  it('[T4] [U3] whoever has not come back by then has left, and gets a new id', async () => {
    const [ann, ben] = await Promise.all([RawSocket.connect(world.ann), RawSocket.connect(world.ben)]);
    await Promise.all([ann.subscribe(world.topic), ben.subscribe(world.topic)]);
    const started = performance.now();
    ben.terminate();
    const [gone] = await ann.count('unsubscriber', 1);
    // Not before: timers of Node may be early by less than a millisecond, and the close travels too.
    expect(performance.now() - started).toBeGreaterThan(graceMs - 5);
    expect(gone?.payload).toMatchObject({ userId: world.ben.userId });
    expect((await world.ben.ticket(ben.connectionId)).connectionId).not.toBe(ben.connectionId);
    await ann.close();
    await world.stillServes();
  });
});
