import type { Booking } from '@parley/protocol';
import type { RawClient } from '@parley/socket/testing';
import { Browser } from '../testing/browser';
import { TestServers, type TestServer } from '../testing/test-server';

type Person = Awaited<ReturnType<TestServer['person']>>;

describe('[S6] whoever is removed while others write', () => {
  let servers: TestServers;
  let server: TestServer;
  let ann: Person;
  let ben: Person;
  const open: RawClient[] = [];

  beforeAll(async () => {
    servers = await TestServers.start();
    // Who writes as long as the removal takes is not to be held up by another rule (L1).
    const unlimited = { LIMIT_MESSAGES_PER_SECOND: '100000', LIMIT_MESSAGE_BURST: '100000' };
    server = await servers.open({ PARLEY_DEMO: 'off', ...unlimited });
    [ann, ben] = [await server.person('Ann'), await server.person('Ben')];
  });

  afterEach(() => {
    for (const client of open.splice(0)) client.close();
  });

  afterAll(() => servers.stop());

  async function book(): Promise<string> {
    const { body } = await ann.browser.post<Booking>('/api/bookings', {
      title: 'Planning',
      startsAt: '2026-12-01T09:00:00.000Z',
      endsAt: '2026-12-01T10:00:00.000Z',
      timeZone: 'UTC',
      participants: [ben.user.email],
    });
    return body.id;
  }

  async function enter({ browser }: Person, id: string): Promise<RawClient> {
    const { client } = await server.socket(browser);
    open.push(client);
    client.send({ action: 'subscribe', topic: `exchange/text:${id}`, id: 'join' });
    expect(await client.answerTo('join')).toMatchObject({ type: 'subscribe' });
    return client;
  }

  it('gets nothing that was published after that, whether it is stored or not', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await book();
      const topic = `exchange/text:${id}`;
      const [host, guest] = [await enter(ann, id), await enter(ben, id)];
      const removal = { answered: false };
      const writing = (async () => {
        // Some of them after the removal was answered: those must not arrive in any case.
        for (let index = 0, after = 0; after < 5; index += 1, after += removal.answered ? 1 : 0) {
          const kind = index % 2 === 0 ? { store: true } : {};
          host.send({ action: 'message', topic, id: `m${index}`, payload: { text: 'café 👩‍👩‍👧 日本語' }, ...kind });
          expect((await host.answerTo(`m${index}`)).type).toBe('ack');
        }
      })();
      await guest.next((frame) => frame.type === 'message' && frame.id === `m${round * 3}`);
      await ann.browser.delete(`/api/bookings/${id}/participants/${ben.user.id}`);
      removal.answered = true;
      await writing;
      await guest.settled();
      expect(guest.of('unsubscribe').map(({ payload }) => payload)).toEqual([{ reason: 'revoked' }]);
      // The moment at which the transaction began that removed them; it had not committed yet.
      const [row] = await server.dataSource.query<[{ removed_at: Date }]>(
        'SELECT removed_at FROM booking_participants WHERE booking_id = $1 AND user_id = $2',
        [id, ben.user.id],
      );
      const published = guest.of('message').map(({ timestamp }) => Date.parse(timestamp));
      expect(Math.max(...published)).toBeLessThanOrEqual(row.removed_at.getTime());
      expect(published.length).toBeLessThanOrEqual(host.of('message').length - 5);
      expect(host.of('unsubscriber').map(({ payload }) => payload.userId)).toEqual([ben.user.id]);
    }
  });

  it('is out also when another node removed them', async () => {
    const other = await servers.open({ PARLEY_DEMO: 'off' }, server.databaseUrl);
    const id = await book();
    const guest = await enter(ben, id);
    const there = new Browser(other.url, { cookie: ann.browser.cookie });
    expect((await there.delete(`/api/bookings/${id}/participants/${ben.user.id}`)).status).toBe(204);
    expect((await guest.nextOf('unsubscribe')).payload).toEqual({ reason: 'revoked' });
    guest.send({ action: 'subscribe', topic: `exchange/text:${id}`, id: 'again' });
    expect((await guest.answerTo('again')).payload).toMatchObject({ code: 'forbidden' });
  });

  it('is there again when they are added again', async () => {
    const id = await book();
    const guest = await enter(ben, id);
    await ann.browser.delete(`/api/bookings/${id}/participants/${ben.user.id}`);
    await guest.nextOf('unsubscribe');
    await ann.browser.post(`/api/bookings/${id}/participants`, { email: ben.user.email });
    guest.send({ action: 'subscribe', topic: `exchange/text:${id}`, id: 'again' });
    expect((await guest.answerTo('again')).type).toBe('subscribe');
  });
});
