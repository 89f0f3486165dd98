import type { Booking, BookingList } from '@parley/protocol';
import { problemIn, type Browser } from '../testing/browser';
import { TestServers, type TestServer } from '../testing/test-server';

const times = {
  startsAt: '2026-12-01T09:00:00.000Z',
  endsAt: '2026-12-01T10:00:00.000Z',
  timeZone: 'Asia/Tokyo',
};

describe('[A2] bookings', () => {
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

  async function book(change: Record<string, unknown> = {}): Promise<Booking> {
    const body = { title: 'Planning', ...times, participants: [ben.user.email], ...change };
    const answer = await ann.browser.post<Booking>('/api/bookings', body);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/api/bookings/${answer.body.id}`);
    return answer.body;
  }

  it('are made with the host and the invited, and come back as they were sent', async () => {
    const title = 'café 👩‍👩‍👧 日本語';
    const booking = await book({ title, participants: [ben.user.email.toUpperCase(), ben.user.email, ann.user.email] });
    expect(booking).toEqual({
      id: expect.any(String) as string,
      title,
      ...times,
      cancelled: false,
      participants: [
        { userId: ann.user.id, name: 'Ann', host: true },
        { userId: ben.user.id, name: 'Ben', host: false },
      ],
    });
    expect((await ben.browser.get<Booking>(`/api/bookings/${booking.id}`)).body).toEqual(booking);
    expect(JSON.stringify(booking)).not.toContain('@');
  });

  describe('who may do what', () => {
    const everything: readonly (readonly [string, (browser: Browser, id: string) => Promise<{ status: number }>])[] = [
      ['read', (browser, id) => browser.get(`/api/bookings/${id}`)],
      ['change', (browser, id) => browser.patch(`/api/bookings/${id}`, { title: 'New' })],
      ['add someone', (browser, id) => browser.post(`/api/bookings/${id}/participants`, { email: cleo.user.email })],
      ['remove someone', (browser, id) => browser.delete(`/api/bookings/${id}/participants/${ben.user.id}`)],
      ['cancel', (browser, id) => browser.delete(`/api/bookings/${id}`)],
    ];

    it.each([
      ['the host', () => ann.browser, [200, 200, 200, 204, 204]],
      ['a participant', () => ben.browser, [200, 403, 403, 403, 403]],
      ['someone else', () => cleo.browser, [404, 404, 404, 404, 404]],
      ['a stranger', () => server.browser(), [401, 401, 401, 401, 401]],
    ])('%s', async (_who, browser, statuses) => {
      const { id } = await book();
      const found = [];
      for (const [, act] of everything) found.push((await act(browser(), id)).status);
      expect(found).toEqual(statuses);
    });

    it('tells someone else the same about a booking that does not exist', async () => {
      const { id } = await book();
      const theirs = await cleo.browser.get(`/api/bookings/${id}`);
      const nobodys = await cleo.browser.get('/api/bookings/00000000-0000-4000-8000-000000000000');
      const nonsense = await cleo.browser.get('/api/bookings/1%27%20OR%201=1');
      expect(nobodys.body).toEqual(theirs.body);
      expect(nonsense.body).toEqual(theirs.body);
      expect(problemIn(theirs).code).toBe('not-found');
    });
  });

  it('list those of the reader that touch a span, by their start', async () => {
    const other = await server.person('Ben');
    const make = async (startsAt: string, endsAt: string) =>
      (await other.browser.post<Booking>('/api/bookings', { ...times, title: startsAt, startsAt, endsAt })).body.title;
    await make('2027-01-03T10:00:00Z', '2027-01-03T11:00:00Z');
    await make('2027-01-01T10:00:00Z', '2027-01-01T11:00:00Z');
    await make('2027-01-02T10:00:00Z', '2027-01-02T11:00:00Z');
    const titles = async (query: string) =>
      (await other.browser.get<BookingList>(`/api/bookings${query}`)).body.bookings.map((booking) => booking.title);
    expect(await titles('')).toEqual(['2027-01-01T10:00:00Z', '2027-01-02T10:00:00Z', '2027-01-03T10:00:00Z']);
    expect(await titles('?from=2027-01-01T10:30:00Z&to=2027-01-02T10:30:00Z')).toEqual([
      '2027-01-01T10:00:00Z',
      '2027-01-02T10:00:00Z',
    ]);
    // Ends exactly when the span begins: they do not touch.
    expect(await titles('?from=2027-01-01T11:00:00Z&to=2027-01-02T10:00:00Z')).toEqual([]);
    expect(problemIn(await other.browser.get('/api/bookings?from=yesterday')).errors).toEqual([
      { field: 'from', message: 'Enter a date and a time.' },
    ]);
  });

  it('name the field of each mistake', async () => {
    const wrong = { title: ' ', startsAt: times.endsAt, endsAt: times.startsAt, timeZone: 'Mars/Olympus' };
    const { errors } = problemIn(await ann.browser.post('/api/bookings', wrong));
    expect(errors?.map((error) => error.field).sort()).toEqual(['endsAt', 'timeZone', 'title']);
    const backwards = problemIn(await ann.browser.post('/api/bookings', { ...wrong, title: 'x', timeZone: 'UTC' }));
    expect(backwards.errors).toEqual([{ field: 'endsAt', message: 'The end must be after the start.' }]);
  });

  it('name each address without an account, and book nothing then', async () => {
    const before = (await ann.browser.get<BookingList>('/api/bookings')).body.bookings.length;
    const participants = [ben.user.email, 'nobody@example.org', 'noone@example.org'];
    const { errors } = problemIn(await ann.browser.post('/api/bookings', { title: 'x', ...times, participants }));
    expect(errors?.map((error) => error.field)).toEqual(['participants.1', 'participants.2']);
    expect((await ann.browser.get<BookingList>('/api/bookings')).body.bookings).toHaveLength(before);
  });

  it('let nobody search for addresses for long', async () => {
    const limited = await servers.open({ UNKNOWN_INVITEES: '3', PARLEY_DEMO: 'off' });
    const host = await limited.person();
    const guest = await limited.person();
    const { body } = await host.browser.post<Booking>('/api/bookings', { title: 'x', ...times });
    const invite = (email: string) => host.browser.post(`/api/bookings/${body.id}/participants`, { email });
    for (let round = 0; round < 5; round += 1) expect((await invite(guest.user.email)).status).toBe(200);
    const answers = await Promise.all([1, 2, 3, 4, 5].map((each) => invite(`nobody-${each}@example.org`)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([400, 400, 400, 429, 429]);
  });

  it('can be moved; the end stays after the start, also when only one of them changes', async () => {
    const { id } = await book();
    const moved = await ann.browser.patch<Booking>(`/api/bookings/${id}`, { endsAt: '2026-12-01T11:00:00.000Z' });
    expect(moved.body).toMatchObject({ startsAt: times.startsAt, endsAt: '2026-12-01T11:00:00.000Z' });
    const wrong = await ann.browser.patch(`/api/bookings/${id}`, { startsAt: '2026-12-02T09:00:00.000Z' });
    expect(problemIn(wrong).errors?.[0]?.field).toBe('endsAt');
  });

  it('lose and regain people; adding and cancelling twice is once', async () => {
    const { id } = await book();
    const add = () => ann.browser.post<Booking>(`/api/bookings/${id}/participants`, { email: cleo.user.email });
    await add();
    expect((await add()).body.participants.map((each) => each.name)).toEqual(['Ann', 'Ben', 'Cleo']);
    expect((await ann.browser.delete(`/api/bookings/${id}/participants/${cleo.user.id}`)).status).toBe(204);
    expect((await ann.browser.delete(`/api/bookings/${id}/participants/${cleo.user.id}`)).status).toBe(404);
    expect((await cleo.browser.get(`/api/bookings/${id}`)).status).toBe(404);
    expect((await add()).body.participants).toHaveLength(3);
    expect((await cleo.browser.get(`/api/bookings/${id}`)).status).toBe(200);

    const host = await ann.browser.delete(`/api/bookings/${id}/participants/${ann.user.id}`);
    expect(problemIn(host)).toMatchObject({ status: 409, code: 'host-stays' });

    expect((await ann.browser.delete(`/api/bookings/${id}`)).status).toBe(204);
    expect((await ann.browser.delete(`/api/bookings/${id}`)).status).toBe(204);
    expect((await ben.browser.get<Booking>(`/api/bookings/${id}`)).body.cancelled).toBe(true);
    expect(problemIn(await add())).toMatchObject({ status: 409, code: 'booking-cancelled' });
    const change = await ann.browser.patch(`/api/bookings/${id}`, { title: 'x' });
    expect(problemIn(change)).toMatchObject({ status: 409, code: 'booking-cancelled' });
  });
});
