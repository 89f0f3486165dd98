import { iceServers, type Booking } from '@parley/protocol';
import { startCoturn, type Coturn } from '@parley/turn';
import { TurnClient, describeWithCoturn } from '@parley/turn/testing';
import { randomBytes } from 'node:crypto';
import { problemIn } from '../testing/browser';
import { TestServers, type TestServer } from '../testing/test-server';

const secret = randomBytes(24).toString('hex');

describeWithCoturn('[A4] the servers that a call can use', () => {
  let servers: TestServers;
  let coturn: Coturn;
  let server: TestServer;
  let ann: Awaited<ReturnType<TestServer['person']>>;
  let ben: typeof ann;
  let cleo: typeof ann;

  beforeAll(async () => {
    coturn = await startCoturn({ secret });
    servers = await TestServers.start();
    server = await servers.open({
      PARLEY_DEMO: 'off',
      STUN_URLS: 'stun:stun.example.org:3478',
      TURN_URLS: coturn.urls.join(', '),
      TURN_SECRET: secret,
    });
    [ann, ben, cleo] = [await server.person('Ann'), await server.person('Ben'), await server.person('Cleo')];
  });

  afterAll(async () => {
    await servers.stop();
    await coturn.stop();
  });

  async function book({ browser } = ann, participants = [ben.user.email]): Promise<string> {
    const { body } = await browser.post<Booking>('/api/bookings', {
      title: 'Planning café 👩‍👩‍👧 日本語',
      startsAt: '2026-12-01T09:00:00.000Z',
      endsAt: '2026-12-01T10:00:00.000Z',
      timeZone: 'Europe/Madrid',
      participants,
    });
    return body.id;
  }

  const path = (id: string): string => `/api/exchanges/${id}/ice-servers`;

  it('are given to participants, with credentials of their own that the relay takes', async () => {
    const id = await book();
    const before = Date.now();
    for (const { browser, user } of [ann, ben]) {
      const { status, headers, body } = await browser.get(path(id));
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      const given = iceServers.parse(body);
      expect(given).toMatchObject({
        relay: true,
        iceServers: [{ urls: ['stun:stun.example.org:3478'] }, { urls: coturn.urls }],
      });
      const [stun, turn] = given.iceServers;
      expect(stun?.credential).toBeUndefined();
      const { username = '', credential = '' } = turn ?? {};
      const [expiry, userId] = username.split(':');
      expect(userId).toBe(user.id);
      expect(given.lifetimeSeconds).toBe(600);
      // Ten minutes, cut to whole seconds.
      expect(Number(expiry) * 1000).toBeGreaterThan(before + 599_000);
      expect(Number(expiry) * 1000).toBeLessThanOrEqual(Date.now() + 600_000);
      const client = await TurnClient.open(coturn.urls[0] ?? '', { username, credential });
      expect((await client.allocate()).error).toBeUndefined();
      client.close();
    }
  });

  it('do not exist for others', async () => {
    const id = await book();
    const theirs = await cleo.browser.get(path(id));
    expect(problemIn(theirs)).toMatchObject({ status: 404, code: 'not-found' });
    expect(theirs.body).toEqual((await cleo.browser.get(`/api/exchanges/${id}`)).body);
    expect((await cleo.browser.get(path('nonsense'))).body).toEqual(theirs.body);
    expect((await cleo.browser.get(path('00000000-0000-4000-8000-000000000000'))).body).toEqual(theirs.body);
    expect(problemIn(await server.browser().get(path(id)))).toMatchObject({ status: 401, code: 'not-signed-in' });
  });

  it('do not exist for whoever was removed', async () => {
    const id = await book();
    expect((await ben.browser.get(path(id))).status).toBe(200);
    await ann.browser.delete(`/api/bookings/${id}/participants/${ben.user.id}`);
    expect(problemIn(await ben.browser.get(path(id)))).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('are not given where there can be no call: cancelled, or ended', async () => {
    const cancelled = await book();
    await ann.browser.delete(`/api/bookings/${cancelled}`);
    expect(problemIn(await ben.browser.get(path(cancelled)))).toMatchObject({ status: 409, code: 'booking-cancelled' });
    const ended = await book();
    await ann.browser.post(`/api/exchanges/${ended}/end`);
    expect(problemIn(await ben.browser.get(path(ended)))).toMatchObject({ status: 409, code: 'exchange-ended' });
  });

  it('do not open the exchange', async () => {
    const id = await book();
    await ben.browser.get(path(id));
    expect(await server.dataSource.query('SELECT FROM exchanges WHERE id = $1', [id])).toEqual([]);
  });

  it('come without credentials where there is no relay, and health says so', async () => {
    const bare = await servers.open({ PARLEY_DEMO: 'off' });
    const host = await bare.person('Ann');
    const { browser } = host;
    const id = await book(host, []);
    expect((await browser.get(path(id))).body).toEqual({ iceServers: [], lifetimeSeconds: null, relay: false });
    expect((await browser.get('/api/health')).body).toMatchObject({ status: 'up', relay: 'not configured' });
    expect((await browser.get('/api/metrics')).body).not.toMatch(/^parley_relay_up /m);
    await bare.close();
  });

  it('[A6] health and metrics say whether the relay answers, and it keeps nobody from serving', async () => {
    expect((await ann.browser.get('/api/health')).body).toMatchObject({ status: 'up', relay: 'up' });
    expect((await ann.browser.get('/api/metrics')).body).toMatch(/^parley_relay_up 1$/m);
    const far = await servers.open({ TURN_URLS: 'turn:127.0.0.1:1?transport=tcp', TURN_SECRET: secret });
    const { status, body } = await far.browser().get('/api/health');
    expect([status, body]).toEqual([200, expect.objectContaining({ status: 'up', relay: 'down' })]);
    expect((await far.browser().get('/api/metrics')).body).toMatch(/^parley_relay_up 0$/m);
    await far.close();
  });
});
