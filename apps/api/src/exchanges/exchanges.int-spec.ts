import { BookingAccess } from '@parley/persistence';
import { participantColour, type Booking, type Exchange } from '@parley/protocol';
import { TopicAccess } from '@parley/socket';
import { RawClient } from '@parley/socket/testing';
import { problemIn } from '../testing/browser';
import { TestServers, type TestServer } from '../testing/test-server';

describe('[A3] exchanges', () => {
  let servers: TestServers;
  let server: TestServer;
  let ann: Awaited<ReturnType<TestServer['person']>>;
  let ben: typeof ann;
  let cleo: typeof ann;

  beforeAll(async () => {
    servers = await TestServers.start();
    server = await servers.open({ PARLEY_DEMO: 'off' });
    [ann, ben, cleo] = [await server.person('Ann'), await server.person('Ben'), await server.person('Cleo')];
  });

  afterAll(() => servers.stop());

  async function book(): Promise<Booking> {
    const { body } = await ann.browser.post<Booking>('/api/bookings', {
      title: 'Planning',
      startsAt: '2026-12-01T09:00:00.000Z',
      endsAt: '2026-12-01T10:00:00.000Z',
      timeZone: 'Europe/Madrid',
      participants: [ben.user.email],
    });
    return body;
  }

  it('are opened by the first participant who enters, once, also when all enter at the same time', async () => {
    const booking = await book();
    const path = `/api/exchanges/${booking.id}`;
    const answers = await Promise.all([ann, ben, ann, ben].map(({ browser }) => browser.get<Exchange>(path)));
    expect(new Set(answers.map(({ body }) => body.openedAt)).size).toBe(1);
    expect(answers[0]?.body).toEqual({
      id: booking.id,
      booking,
      people: [
        { userId: ann.user.id, name: 'Ann', host: true, former: false, colour: participantColour(ann.user.id) },
        { userId: ben.user.id, name: 'Ben', host: false, former: false, colour: participantColour(ben.user.id) },
      ],
      state: 'open',
      openedAt: expect.stringMatching(/Z$/) as string,
      endedAt: null,
      topics: {
        text: `exchange/text:${booking.id}`,
        call: `exchange/call:${booking.id}`,
        whiteboard: `exchange/whiteboard:${booking.id}`,
      },
    });
  });

  it('do not exist for others', async () => {
    const { id } = await book();
    const path = `/api/exchanges/${id}`;
    const theirs = await cleo.browser.get(path);
    expect(problemIn(theirs)).toMatchObject({ status: 404, code: 'not-found' });
    expect((await cleo.browser.get('/api/exchanges/nonsense')).body).toEqual(theirs.body);
    expect((await server.browser().get(path)).status).toBe(401);
    const rows = await server.dataSource.query<unknown[]>('SELECT FROM exchanges WHERE id = $1', [id]);
    expect(rows).toHaveLength(0);
  });

  it('keep the names of those who once took part, and let them in no more', async () => {
    const { id } = await book();
    await ann.browser.delete(`/api/bookings/${id}/participants/${ben.user.id}`);
    const { body } = await ann.browser.get<Exchange>(`/api/exchanges/${id}`);
    expect(body.people.map(({ name, former }) => [name, former])).toEqual([
      ['Ann', false],
      ['Ben', true],
    ]);
    expect(body.booking.participants.map(({ name }) => name)).toEqual(['Ann']);
    expect((await ben.browser.get(`/api/exchanges/${id}`)).status).toBe(404);
  });

  it('are not opened by a cancelled booking', async () => {
    const { id } = await book();
    await ann.browser.delete(`/api/bookings/${id}`);
    const { body } = await ben.browser.get<Exchange>(`/api/exchanges/${id}`);
    expect(body).toMatchObject({ state: 'scheduled', openedAt: null, booking: { cancelled: true } });
  });

  it('[S1] [S5] tell the guard who may do what', async () => {
    const access = server.server.app.get(BookingAccess);
    const { id } = await book();
    const all = () => Promise.all([ann, ben, cleo].map(({ user }) => access.toExchange(user.id, id)));
    expect(await all()).toEqual(['write', 'write', 'none']);
    await ann.browser.get(`/api/exchanges/${id}`);
    expect(await all()).toEqual(['write', 'write', 'none']);
    await ann.browser.delete(`/api/bookings/${id}/participants/${ben.user.id}`);
    expect(await all()).toEqual(['write', 'none', 'none']);
    await ann.browser.post(`/api/exchanges/${id}/end`);
    expect(await all()).toEqual(['read', 'none', 'none']);
    await ann.browser.delete(`/api/bookings/${id}`);
    expect(await all()).toEqual(['none', 'none', 'none']);
    expect(await access.toExchange(ann.user.id, '00000000-0000-4000-8000-000000000000')).toBe('none');
  });

  describe('are ended', () => {
    const end = ({ browser }: typeof ann, id: string) => browser.post<Exchange>(`/api/exchanges/${id}/end`);

    it('by the host, once, also when asked twice at the same time', async () => {
      const { id } = await book();
      await ben.browser.get(`/api/exchanges/${id}`);
      const answers = await Promise.all([end(ann, id), end(ann, id)]);
      expect(answers.map(({ status, body }) => [status, body.state])).toEqual([
        [200, 'ended'],
        [200, 'ended'],
      ]);
      const seen = (await ben.browser.get<Exchange>(`/api/exchanges/${id}`)).body;
      expect(seen.state).toBe('ended');
      expect(answers.map(({ body }) => body.endedAt)).toEqual([seen.endedAt, seen.endedAt]);
      expect((await end(ann, id)).body).toEqual(seen);
    });

    it('also when nobody has entered yet', async () => {
      const { id } = await book();
      expect((await end(ann, id)).body.state).toBe('ended');
      expect((await ben.browser.get<Exchange>(`/api/exchanges/${id}`)).body.state).toBe('ended');
    });

    it('by nobody else, and not when the booking was cancelled', async () => {
      const { id } = await book();
      expect(problemIn(await end(ben, id))).toMatchObject({ status: 403, code: 'not-host' });
      const theirs = await end(cleo, id);
      expect(problemIn(theirs)).toMatchObject({ status: 404, code: 'not-found' });
      expect((await end(cleo, '00000000-0000-4000-8000-000000000000')).body).toEqual(theirs.body);
      expect((await end(cleo, 'nonsense')).body).toEqual(theirs.body);
      expect((await server.browser().post(`/api/exchanges/${id}/end`)).status).toBe(401);
      await ann.browser.delete(`/api/bookings/${id}`);
      expect(problemIn(await end(ann, id))).toMatchObject({ status: 409, code: 'booking-cancelled' });
      expect((await ann.browser.get<Exchange>(`/api/exchanges/${id}`)).body.endedAt).toBeNull();
    });
  });

  describe('on the socket', () => {
    const open: RawClient[] = [];

    afterEach(() => {
      for (const client of open.splice(0)) client.close();
    });

    async function enter({ browser }: typeof ann, topic: string): Promise<RawClient> {
      const { client } = await server.socket(browser);
      open.push(client);
      client.send({ action: 'subscribe', topic, id: 'join' });
      expect(await client.answerTo('join')).toMatchObject({ type: 'subscribe' });
      return client;
    }

    async function say(client: RawClient, topic: string, id: string): Promise<unknown> {
      client.send({ action: 'message', topic, store: true, id, payload: { text: 'café 👩‍👩‍👧 日本語' } });
      const { type, payload } = await client.answerTo(id);
      return type === 'error' ? payload.code : type;
    }

    it('[S6] let a removed person hear nothing more as soon as the removal is answered', async () => {
      const { id } = await book();
      const topic = `exchange/text:${id}`;
      const [host, guest] = [await enter(ann, topic), await enter(ben, topic)];
      expect(await say(host, topic, 'before')).toBe('ack');
      await guest.next((frame) => frame.type === 'message');
      await ann.browser.delete(`/api/bookings/${id}/participants/${ben.user.id}`);
      expect(await say(host, topic, 'after')).toBe('ack');
      expect(await say(guest, topic, 'theirs')).toBe('not-subscribed');
      await guest.settled();
      expect(guest.of('unsubscribe').map(({ payload }) => payload)).toEqual([{ reason: 'revoked' }]);
      expect(guest.of('message').map((frame) => frame.id)).toEqual(['before']);
    });

    it('[S6] are over for everyone when the booking is cancelled', async () => {
      const { id } = await book();
      const topic = `exchange/text:${id}`;
      const clients = [await enter(ann, topic), await enter(ben, topic)];
      await ann.browser.delete(`/api/bookings/${id}`);
      for (const client of clients) {
        await client.settled();
        expect(client.of('unsubscribe').map(({ payload }) => payload)).toEqual([{ reason: 'revoked' }]);
      }
    });

    it('[S6] can be read and not written in once they have ended', async () => {
      const { id } = await book();
      const topic = `exchange/text:${id}`;
      const [host, guest] = [await enter(ann, topic), await enter(ben, topic)];
      expect(await say(guest, topic, 'before')).toBe('ack');
      await ann.browser.post(`/api/exchanges/${id}/end`);
      for (const client of [host, guest]) {
        expect(await say(client, topic, 'after')).toBe('forbidden');
        // Told by the change itself, and perhaps once more when the database announces it.
        const told = client.of('allowance').map(({ payload }) => JSON.stringify(payload));
        expect([...new Set(told)]).toEqual([JSON.stringify({ publish: false, store: false })]);
        client.send({ action: 'load-messages', topic, id: 'page', payload: { limit: 10 } });
        expect((await client.answerTo('page')).payload).toMatchObject({ messages: [{ id: 'before' }], more: false });
      }
      await enter(ben, topic);
    });

    it('[S6] concern nobody when nothing changes: ended before, cancelled before, or without that person', async () => {
      const access = server.server.app.get(TopicAccess, { strict: false });
      const change = jest.spyOn(access, 'change');
      const { id } = await book();
      const path = `/api/bookings/${id}`;
      const statuses: number[] = [];
      const twice = async (ask: () => Promise<{ readonly status: number }>): Promise<void> => {
        for (let time = 0; time < 2; time += 1) statuses.push((await ask()).status);
      };
      await twice(() => ann.browser.delete(`${path}/participants/${cleo.user.id}`));
      await twice(() => ann.browser.delete(`${path}/participants/nonsense`));
      expect(change).not.toHaveBeenCalled();
      await twice(() => ann.browser.delete(`${path}/participants/${ben.user.id}`));
      await twice(() => ann.browser.post(`/api/exchanges/${id}/end`));
      await twice(() => ann.browser.delete(path));
      await twice(() => ann.browser.post(`/api/exchanges/${id}/end`));
      expect(statuses).toEqual([404, 404, 404, 404, 204, 404, 200, 200, 204, 204, 409, 409]);
      expect(change).toHaveBeenCalledTimes(3);
      change.mockRestore();
    });
  });
});
