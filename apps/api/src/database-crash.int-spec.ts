import type { Ticket } from '@parley/protocol';
import { RawClient } from '@parley/socket/testing';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { readConfig } from './config/config';
import { openDatabase } from './database';
import { problemIn, type Answer, type Browser } from './testing/browser';
import { TestServers, password, type TestServer } from './testing/test-server';

describe('a database that is killed and comes back', () => {
  let servers: TestServers;
  let server: TestServer;
  let ann: Awaited<ReturnType<TestServer['person']>>;

  beforeAll(async () => {
    servers = await TestServers.start({ survivesKill: true });
    server = await servers.open();
    ann = await server.person('Ann');
  });

  afterAll(() => servers.stop());

  const health = () => server.browser().get<{ dependencies: Record<string, string> }>('/api/health');

  /** Goes by connections that are dead and not known to be, and by those that cannot be made. */
  async function everywhere(browser: Browser): Promise<readonly Answer<unknown>[]> {
    const { email } = ann.user;
    const asks = [
      () => browser.get('/api/session'),
      () => browser.get('/api/bookings'),
      () => browser.post('/api/ticket'),
      () => browser.delete('/api/session'),
      () => server.browser().post('/api/session', { email, password }),
      () => server.browser().post('/api/accounts', { email: 'new@example.org', name: 'café 日本語', password }),
    ];
    return Promise.all(Array.from({ length: 5 }, () => asks.map((ask) => ask())).flat());
  }

  async function backAgain(): Promise<void> {
    await servers.postgres.restart();
    while ((await health()).status !== 200) await setImmediate();
  }

  it('is said to be away, signs nobody out, and serves again without a restart', async () => {
    const { browser } = ann;
    const { body: ticket } = await browser.post<Ticket>('/api/ticket');
    // Something under way in every connection of the pool when it dies.
    const underWay = Array.from({ length: 20 }, () => browser.get('/api/bookings'));
    servers.postgres.kill();
    for (const answer of await Promise.all(underWay)) expect([200, 503]).toContain(answer.status);
    for (let round = 0; round < 3; round += 1) {
      for (const answer of await everywhere(browser)) {
        expect(problemIn(answer)).toMatchObject({ status: 503, code: 'unavailable' });
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
    }
    const away = await health();
    expect(away.status).toBe(503);
    expect(away.body.dependencies).toEqual({ database: 'down', sessionEnds: 'down', allowanceChanges: 'down' });
    expect((await server.browser().get('/api/health/live')).status).toBe(200);
    const sock = `${server.url.replace(/^http/, 'ws')}/sock?ticket=${ticket.ticket}`;
    await expect(RawClient.open(sock)).rejects.toThrow('503');

    await backAgain();
    expect((await browser.get('/api/session')).body).toMatchObject({ user: { id: ann.user.id } });
    const signedIn = await server.browser().post('/api/session', { email: ann.user.email, password });
    expect(signedIn.status).toBe(200);
    const { client } = await server.socket(browser);
    await client.settled();
    client.close();
  });

  it('[T5] [S6] lets ends and changes through afterwards', async () => {
    servers.postgres.kill();
    await backAgain();
    const guest = await server.person('Ben');
    const { body: booking } = await ann.browser.post<{ id: string }>('/api/bookings', {
      title: 'Planning',
      startsAt: '2026-12-01T09:00:00.000Z',
      endsAt: '2026-12-01T10:00:00.000Z',
      timeZone: 'UTC',
      participants: [guest.user.email],
    });
    const { client } = await server.socket(guest.browser);
    client.send({ action: 'subscribe', topic: `exchange/text:${booking.id}`, id: 'join' });
    expect(await client.answerTo('join')).toMatchObject({ type: 'subscribe' });
    // Past every controller: only the announcement can tell.
    await server.dataSource.query('UPDATE bookings SET cancelled_at = now() WHERE id = $1', [booking.id]);
    expect((await client.nextOf('unsubscribe')).payload).toEqual({ reason: 'revoked' });
    await guest.browser.delete('/api/session');
    expect((await client.closed()).code).toBe(4401);
  });

  it('keeps sockets and topics, and stores again', async () => {
    const { body: booking } = await ann.browser.post<{ id: string }>('/api/bookings', {
      title: 'Planning',
      startsAt: '2026-12-01T09:00:00.000Z',
      endsAt: '2026-12-01T10:00:00.000Z',
      timeZone: 'UTC',
    });
    const topic = `exchange/text:${booking.id}`;
    const { client } = await server.socket(ann.browser);
    const say = async (id: string): Promise<string> => {
      client.send({ action: 'message', topic, store: true, id, payload: { text: '日本語' } });
      return (await client.answerTo(id)).type;
    };
    client.send({ action: 'subscribe', topic, id: 'join' });
    await client.answerTo('join');
    expect(await say('before')).toBe('ack');
    servers.postgres.kill();
    await backAgain();
    expect(await say('after')).toBe('ack');
    expect(client.of('message').map(({ seq }) => seq)).toEqual([1, 2]);
    client.close();
  });

  it('is waited for by a server that starts while it recovers', async () => {
    const url = new URL(await servers.postgres.createDatabase());
    const { port, hostname } = url;
    const fields = ['SFATAL', 'C57P03', 'Mthe database system is starting up', '']
      .map((field) => `${field}\0`)
      .join('');
    const starting = Buffer.alloc(5 + fields.length, `E\0\0\0\0${fields}`, 'latin1');
    starting.writeUInt32BE(4 + fields.length, 1);
    let attempts = 0;
    const way = createServer((near) => {
      attempts += 1;
      if (attempts < 3) near.once('data', () => near.end(starting));
      else near.pipe(connect(Number(port), hostname)).pipe(near);
    }).listen(0, '127.0.0.1');
    await once(way, 'listening');
    url.port = String((way.address() as AddressInfo).port);
    const said: string[] = [];
    const config = readConfig({ DATABASE_URL: url.href }, servers.folder);
    const database = await openDatabase(config, {
      packagesFrom: process.cwd(),
      say: (line) => said.push(line),
      onLost: () => undefined,
    });
    expect(await database.dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(said).toEqual(['The database is starting; waiting for it…']);
    await database.close();
    way.close();
    await once(way, 'close');
  });
});
