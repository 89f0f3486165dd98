import type { BookingList, Exchange, Session } from '@parley/protocol';
import { TestServers, type TestServer } from '../testing/test-server';
import { DemoSeed } from './demo-seed';

const DAY = 86_400_000;

describe('the demo', () => {
  let servers: TestServers;
  let server: TestServer;

  beforeAll(async () => {
    servers = await TestServers.start();
    server = await servers.open();
  });

  afterAll(() => servers.stop());

  async function bookings(person: string) {
    const browser = server.browser();
    const { body } = await browser.post<Session>('/api/demo/session', { person });
    expect(body.user.email).toBe(`${person}@example.org`);
    const list = (await browser.get<BookingList>('/api/bookings')).body.bookings;
    return { browser, list, byTitle: new Map(list.map((booking) => [booking.title, booking])) };
  }

  it('has a booking that is over, one that is on, one to come', async () => {
    const now = Date.now();
    const { list } = await bookings('ann');
    expect(list.map(({ title }) => title)).toEqual(['Kick-off', 'Weekly planning', 'Design review']);
    const [over, on, later] = list;
    expect(Date.parse(over!.endsAt)).toBeLessThan(now);
    expect(Date.parse(on!.startsAt)).toBeLessThanOrEqual(now);
    expect(Date.parse(on!.endsAt)).toBeGreaterThan(now);
    expect(Date.parse(later!.startsAt)).toBeGreaterThan(now);
    expect(on!.participants.map(({ name }) => name)).toEqual(['Ann', 'Ben']);
    expect((await bookings('cleo')).list.map(({ title }) => title)).toEqual(['Kick-off', 'Design review']);
  });

  it('changes nothing when it is made again, and moves on under the same links', async () => {
    const seed = server.server.app.get(DemoSeed);
    const before = await bookings('ann');
    await seed.seed(new Date(), 'start');
    expect((await bookings('ann')).list).toEqual(before.list);

    await seed.seed(new Date(Date.now() + 3 * DAY), 'meanwhile');
    const after = await bookings('ann');
    expect(after.list.map(({ id }) => id).sort()).toEqual(before.list.map(({ id }) => id).sort());
    for (const title of ['Weekly planning', 'Design review']) {
      const moved = Date.parse(after.byTitle.get(title)!.startsAt) - Date.parse(before.byTitle.get(title)!.startsAt);
      expect(moved).toBeGreaterThan(2 * DAY);
    }
    expect(after.byTitle.get('Kick-off')).toEqual(before.byTitle.get('Kick-off'));
    await seed.seed(new Date(), 'start');
  });

  it('leaves a cancelled booking alone until the next start', async () => {
    const { browser, byTitle } = await bookings('ann');
    const { id } = byTitle.get('Design review')!;
    await browser.delete(`/api/bookings/${id}`);
    const seed = server.server.app.get(DemoSeed);
    await seed.seed(new Date(), 'meanwhile');
    expect((await bookings('ann')).byTitle.get('Design review')?.cancelled).toBe(true);
    await seed.seed(new Date(), 'start');
    const { byTitle: again } = await bookings('ann');
    expect(again.get('Design review')).toMatchObject({ id, cancelled: false });
  });

  it('opens an exchange that was ended again, at the next start or when its booking moves on', async () => {
    const { browser, byTitle } = await bookings('ann');
    const path = `/api/exchanges/${byTitle.get('Weekly planning')!.id}`;
    const state = async () => (await browser.get<Exchange>(path)).body.state;
    const seed = server.server.app.get(DemoSeed);
    const later = new Date(Date.now() + DAY);
    for (const [now, occasion] of [[new Date(), 'start'] as const, [later, 'meanwhile'] as const]) {
      await browser.post(`${path}/end`);
      await seed.seed(new Date(), 'meanwhile');
      expect(await state()).toBe('ended');
      await seed.seed(now, occasion);
      expect(await state()).toBe('open');
    }
  });
});
