import { parseTicket, type Ticket } from '@parley/protocol';
import { PinoLogger } from 'nestjs-pino';
import { setImmediate } from 'node:timers/promises';
import { symbols } from 'pino';
import { problemIn, type Answer } from '../testing/browser';
import { TestServers, password, type TestServer } from '../testing/test-server';
import { TicketOffice } from './ticket-office';

/** The two ways: by the window, and, since a query changes nothing of the answer, past it. */
const ways = ['/api/ticket', '/api/ticket?'] as const;

describe('a ticket from the window', () => {
  let servers: TestServers;
  let server: TestServer;

  beforeAll(async () => {
    servers = await TestServers.start();
    server = await servers.open();
  });

  afterAll(() => servers.stop());

  afterEach(() => jest.restoreAllMocks());

  const hours = (count: number): number => count * 3_600_000;

  function cookieIn({ headers }: Answer<unknown>): { expires: number; text: string } {
    const text = headers.get('set-cookie') ?? '';
    return { expires: Date.parse(/Expires=([^;]+)/.exec(text)?.[1] ?? ''), text };
  }

  /** Whether the window answers, told by who issues. */
  function watched(at: TestServer) {
    return jest.spyOn(at.server.app.get(TicketOffice), 'issueFor');
  }

  it('[T4] is for the open connection of the same session, and of no other', async () => {
    const { browser } = await server.person();
    const { client, id } = await server.socket(browser);
    const quick = watched(server);
    expect((await browser.post<Ticket>('/api/ticket', { resume: id })).body.connectionId).toBe(id);
    const stranger = (await server.person('Ben')).browser;
    expect((await stranger.post<Ticket>('/api/ticket', { resume: id })).body.connectionId).not.toBe(id);
    expect(quick).toHaveBeenCalledTimes(2);
    await client.settled();
    client.close();
  });

  it('[T1] is for whoever asked, of many who ask at the same moment', async () => {
    const people = await Promise.all(['Ann', 'Ben', 'Cleo'].map((name) => server.person(name)));
    const [gone] = people;
    await server.dataSource.query(`DELETE FROM sessions WHERE sess->>'userId' = $1`, [gone?.user.id]);
    const office = server.server.app.get(TicketOffice);
    const answers = await Promise.all(
      [...people, ...people, ...people].map(async ({ browser, user }) => {
        const { status, body } = await browser.post<Ticket>('/api/ticket', {});
        return { status, user, ticket: status === 200 ? parseTicket(body.ticket) : undefined };
      }),
    );
    for (const { status, user, ticket } of answers) {
      expect(status).toBe(user === gone?.user ? 401 : 200);
      const admission = ticket === undefined ? undefined : await office.redeem(ticket);
      expect(admission?.principal.userId).toBe(user === gone?.user ? undefined : user.id);
    }
  });

  it.each(ways)('moves the end of the session when it is time to (%s)', async (way) => {
    const { browser, user } = await server.person();
    const moved = (by: string): Promise<unknown> =>
      server.dataSource.query(`UPDATE sessions SET expire = expire - $1::interval WHERE sess->>'userId' = $2`, [
        by,
        user.id,
      ]);
    const end = async (): Promise<number> => {
      const [row] = await server.dataSource.query<{ expire: Date }[]>(
        `SELECT expire FROM sessions WHERE sess->>'userId' = $1`,
        [user.id],
      );
      return row?.expire.getTime() ?? NaN;
    };
    const first = await end();
    await moved('10 seconds');
    await browser.post(way);
    await moved('10 minutes');
    const before = await end();
    // The first was too soon to be worth a write.
    expect(first - before).toBe(610_000);
    await browser.post(way);
    while ((await end()) === before) await setImmediate();
    // Sign-in rounds it up to whole seconds.
    expect(await end()).toBeGreaterThan(first - 1_000);
  });

  it.each(ways)('renews the cookie, but not past the end of the session (%s)', async (way) => {
    const { browser, user } = await server.person();
    const soon = Date.now() + hours(1);
    await server.dataSource.query(
      `UPDATE sessions SET sess = (sess::jsonb || jsonb_build_object('endsAt', $1::bigint))::json WHERE sess->>'userId' = $2`,
      [soon, user.id],
    );
    const { expires } = cookieIn(await browser.post(way));
    expect(Math.abs(expires - soon)).toBeLessThan(2_000);
  });

  it('sends a cookie that is for HTTPS over HTTPS alone', async () => {
    const behindProxy = await servers.open({ COOKIE_SECURE: 'always', TRUST_PROXY: '1' });
    const quick = watched(behindProxy);
    const browser = behindProxy.browser({ 'x-forwarded-proto': 'https' });
    const account = { email: 'over-https@example.org', name: 'Ann', password };
    expect((await browser.post('/api/accounts', account)).status).toBe(201);
    for (const forwarded of ['https', 'https, http', 'http', 'http, https', '']) {
      const answers = await Promise.all(
        ways.map((way) => browser.request('POST', way, undefined, { 'x-forwarded-proto': forwarded })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const [here, there] = answers.map((answer) => cookieIn(answer).text.replace(/Expires=[^;]+/, ''));
      expect(here).toBe(there);
      expect(here?.includes('; Secure')).toBe(forwarded.startsWith('https'));
    }
    expect(quick).toHaveBeenCalledTimes(5);
  });

  it('is measured like any other answer', async () => {
    const { browser } = await server.person();
    const counted = async (): Promise<number> => {
      const { body } = await browser.get<string>('/api/metrics');
      const line = /^parley_http_request_seconds_count\{method="POST",route="\/api\/ticket",status="200"\} (\d+)$/m;
      return Number(line.exec(body)?.[1] ?? 0);
    };
    const before = await counted();
    for (const way of ways) await browser.post(way);
    while ((await counted()) < before + 2) await setImmediate();
    expect(await counted()).toBe(before + 2);
  });

  it('is logged like any other answer', async () => {
    const { browser } = await server.person();
    const { root } = PinoLogger;
    const stream = root[symbols.streamSym as unknown as keyof typeof root] as unknown as { write(line: string): void };
    const lines: Record<string, unknown>[] = [];
    jest
      .spyOn(stream, 'write')
      .mockImplementation((line) => void lines.push(JSON.parse(line) as Record<string, unknown>));
    const { level } = root;
    root.level = 'debug';
    try {
      for (const way of ways) {
        const before = lines.length;
        await browser.post(way);
        while (lines.length === before) await setImmediate();
      }
    } finally {
      root.level = level;
    }
    const [here, there] = lines.map(({ time, responseTime, req, ...rest }) => {
      const { id, ...request } = req as { id: unknown };
      expect([typeof time, typeof responseTime, typeof id]).toEqual(['number', 'number', 'number']);
      return { ...rest, request };
    });
    expect(here).toMatchObject({
      msg: 'request completed',
      res: { statusCode: 200 },
      request: { path: '/api/ticket' },
    });
    expect(here).toEqual(there);
    expect(lines).toHaveLength(2);
  });

  it('comes on a connection that ends with it while the server closes', async () => {
    const ending = await servers.open();
    const { browser } = await ending.person();
    const quick = watched(ending);
    // As closing does, before it goes on to say that it drains.
    ending.server.app
      .getHttpServer()
      .prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
    const answers = await Promise.all(ways.map((way) => browser.post(way)));
    const [here, there] = answers.map(({ headers }) => [...headers.keys()].filter((name) => name !== 'etag'));
    expect(answers.map(({ headers }) => headers.get('connection'))).toEqual(['close', 'close']);
    expect(here).toEqual(there);
    expect(quick).toHaveBeenCalledTimes(1);
  });

  it.each(ways)('is refused when there were too many, with when to come back (%s)', async (way) => {
    const slow = await servers.open({ TICKETS_PER_MINUTE: '8' });
    const { browser } = await slow.person();
    const answers = [await browser.post('/api/ticket'), await browser.post('/api/ticket'), await browser.post(way)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.headers.get('retry-after')).toBe('8');
  });

  it('is refused while the database is away, after one try, as by the full way', async () => {
    const alone = await servers.open();
    const { browser } = await alone.person();
    const database = new URL(alone.databaseUrl).pathname.slice(1);
    await server.dataSource.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
    await server.dataSource.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      database,
    ]);
    const quick = watched(alone);
    const answers = [await browser.post(ways[0], {}), await browser.post(ways[1], {})];
    const [here, there] = answers.map((answer) => {
      const headers = [...answer.headers].filter(([name]) => name !== 'date');
      return { headers, ...problemIn(answer) };
    });
    expect(here).toMatchObject({ status: 503, code: 'unavailable' });
    expect(here).toEqual(there);
    expect(quick).toHaveBeenCalledTimes(1);
    await server.dataSource.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
    while ((await browser.post(ways[0], {})).status !== 200) await setImmediate();
  });
});
