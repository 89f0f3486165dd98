import { BookingAccess } from '@parley/persistence';
import { participantColour, type Booking, type Exchange } from '@parley/protocol';
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

  it('[S1] tell the guard who takes part', async () => {
    const access = server.server.app.get(BookingAccess);
    const { id } = await book();
    expect(await access.takesPart(ann.user.id, id)).toBe(true);
    expect(await access.takesPart(ben.user.id, id)).toBe(true);
    expect(await access.takesPart(cleo.user.id, id)).toBe(false);
    await ann.browser.delete(`/api/bookings/${id}/participants/${ben.user.id}`);
    expect(await access.takesPart(ben.user.id, id)).toBe(false);
    await ann.browser.delete(`/api/bookings/${id}`);
    expect(await access.takesPart(ann.user.id, id)).toBe(false);
    expect(await access.takesPart(ann.user.id, '00000000-0000-4000-8000-000000000000')).toBe(false);
  });
});
