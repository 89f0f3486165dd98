import type { Booking } from '@parley/protocol';
import { RawSocket, type SeenFrame } from '@parley/harness';
import { World, textTopic } from '@parley/harness/world';

describe('a right that is taken away', () => {
  let world: World;
  let made: Booking;
  let topic: string;
  let ann: RawSocket;
  let ben: RawSocket;

  beforeAll(async () => {
    // A lease that lasts longer than any test: whoever is told is told by the push.
    world = await World.start({ LIMIT_LEASE_MS: '600000' });
  });

  beforeEach(async () => {
    made = await world.book(world.ann, [world.ben]);
    topic = textTopic(made);
    [ann, ben] = await Promise.all([RawSocket.connect(world.ann), RawSocket.connect(world.ben)]);
    await Promise.all([ann.subscribe(topic), ben.subscribe(topic)]);
  });

  afterEach(async () => {
    await Promise.all([ann.close(), ben.close()]);
    await world.stillServes();
  });

  afterAll(() => world.stop());

  async function benIsOut(): Promise<void> {
    const [told] = await ben.count('unsubscribe', 1);
    expect(told).toMatchObject({ topic, sender: null, payload: { reason: 'revoked' } });
    expect((await ben.ask({ action: 'note', topic, payload: null })).payload.code).toBe('not-subscribed');
    expect((await ben.ask({ action: 'subscribe', topic })).payload.code).toBe('forbidden');
  }

  async function annSeesThatBenLeft(): Promise<void> {
    const [gone] = await ann.count('unsubscriber', 1);
    expect(gone?.payload).toMatchObject({ userId: world.ben.userId });
    await ann.ask({ action: 'note', topic, payload: { text: 'after' } });
    await ben.settled();
    expect(ben.of('note')).toEqual([]);
  }

  it('[S6] who is removed is out, and hears nothing that is said afterwards', async () => {
    await world.ann.request('DELETE', `/api/bookings/${made.id}/participants/${world.ben.userId}`);
    await benIsOut();
    await annSeesThatBenLeft();
  });

  it('[S6] so is who is removed by a statement in the database, without the API', async () => {
    await world.database.query(
      'UPDATE booking_participants SET removed_at = now() WHERE booking_id = $1 AND user_id = $2',
      [made.id, world.ben.userId],
    );
    await benIsOut();
    await annSeesThatBenLeft();
  });

  it('[S6] a removal that is rolled back is none', async () => {
    const client = await world.database.connect();
    try {
      await client.query('BEGIN');
      await client.query('UPDATE booking_participants SET removed_at = now() WHERE booking_id = $1 AND user_id = $2', [
        made.id,
        world.ben.userId,
      ]);
      await client.query('ROLLBACK');
    } finally {
      client.release();
    }
    // The next change is announced after it, so by then it would have been as well.
    await world.ann.request('POST', `/api/exchanges/${made.id}/end`, {});
    await ben.count('allowance', 1);
    expect(ben.of('unsubscribe')).toEqual([]);
  });

  it('[S6] cancelling the booking ends everyone’s subscription', async () => {
    await world.ann.request('DELETE', `/api/bookings/${made.id}`);
    await benIsOut();
    expect((await ann.count('unsubscribe', 1))[0]?.payload).toEqual({ reason: 'revoked' });
  });

  it('[S6] an exchange that ends becomes read-only for everyone, and says so', async () => {
    await ben.ask({ action: 'message', topic, store: true, payload: { text: 'before 日本語' } });
    expect((await world.ann.request('POST', `/api/exchanges/${made.id}/end`, {})).status).toBeLessThan(300);
    for (const socket of [ann, ben]) {
      const [told] = await socket.count('allowance', 1);
      expect(told).toMatchObject({ topic, sender: null, payload: { publish: false, store: false } });
      for (const store of [true, false]) {
        expect((await socket.ask({ action: 'message', topic, store, payload: null })).payload.code).toBe('forbidden');
      }
      const page = await socket.ask({ action: 'load-messages', topic, payload: null });
      expect(page.payload.messages).toHaveLength(1);
      expect(socket.of('unsubscribe')).toEqual([]);
    }
    const { rows } = await world.database.query('SELECT FROM topic_messages WHERE topic = $1', [topic]);
    expect(rows).toHaveLength(1);
  });

  it('[S6] [S5] who is invited again may come back', async () => {
    await world.ann.request('DELETE', `/api/bookings/${made.id}/participants/${world.ben.userId}`);
    await ben.count('unsubscribe', 1);
    await world.ann.request('POST', `/api/bookings/${made.id}/participants`, { email: world.ben.email });
    expect((await ben.ask({ action: 'subscribe', topic })).type).toBe('subscribe');
    await ann.ask({ action: 'note', topic, payload: { text: 'welcome back' } });
    await ben.count('note', 1);
  });

  it('[S6] reaches the subscriptions of every node', async () => {
    const other = await world.addServer();
    const there = await RawSocket.connect(world.ben.at(other));
    await there.subscribe(topic);
    await world.ann.request('DELETE', `/api/bookings/${made.id}/participants/${world.ben.userId}`);
    const [told] = await there.count('unsubscribe', 1);
    expect(told?.payload).toEqual({ reason: 'revoked' });
    await benIsOut();
    await there.close();
    world.servers.splice(world.servers.indexOf(other), 1);
    await other.stop();
  });
});

describe('a notification that never comes', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ LIMIT_LEASE_MS: '500' });
    // Nobody is told of a removal any more.
    await world.database.query('DROP TRIGGER booking_participants_announce_removal ON booking_participants');
  });

  afterAll(() => world.stop());

  it('[S6] access ends all the same, when the lease does', async () => {
    const made = await world.book(world.ann, [world.ben]);
    const topic = textTopic(made);
    const [ann, ben] = await Promise.all([RawSocket.connect(world.ann), RawSocket.connect(world.ben)]);
    await Promise.all([ann.subscribe(topic), ben.subscribe(topic)]);
    const { rows: before } = await world.database.query<{ count: string }>('SELECT count(*) FROM allowance_changes');
    await world.database.query(
      'UPDATE booking_participants SET removed_at = now() WHERE booking_id = $1 AND user_id = $2',
      [made.id, world.ben.userId],
    );
    const { rows: after } = await world.database.query<{ count: string }>('SELECT count(*) FROM allowance_changes');
    expect(after).toEqual(before);
    const [told]: SeenFrame[] = await ben.count('unsubscribe', 1);
    expect(told?.payload).toEqual({ reason: 'revoked' });
    await ann.count('unsubscriber', 1);
    await ann.ask({ action: 'note', topic, payload: null });
    await ben.settled();
    expect(ben.of('note')).toEqual([]);
    await Promise.all([ann.close(), ben.close()]);
    await world.stillServes();
  });
});
