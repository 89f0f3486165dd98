import { SilentProxy } from '@parley/persistence/testing';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { startServer } from '../app';
import { readConfig } from '../config/config';
import { openDatabase } from '../database';
import { StartupError } from '../startup-error';
import { problemIn } from '../testing/browser';
import { TestServers, type TestServer } from '../testing/test-server';

describe('what every answer has in common', () => {
  let servers: TestServers;
  let server: TestServer;

  beforeAll(async () => {
    servers = await TestServers.start();
    server = await servers.open();
  });

  afterAll(() => servers.stop());

  describe('[A5] errors are problem documents', () => {
    it.each<[string, number, string, () => Promise<Response>]>([
      ['an unknown address', 404, 'not-found', () => fetch(`${server.url}/api/nothing`)],
      ['an unknown method', 404, 'not-found', () => fetch(`${server.url}/api/session`, { method: 'PUT' })],
      ['broken JSON', 400, 'malformed', () => send('{"person":')],
      ['JSON that is no object', 400, 'malformed', () => send('"ann"')],
      ['a body that is too large', 413, 'too-large', () => send(JSON.stringify({ person: 'x'.repeat(70_000) }))],
      ['a form', 415, 'unsupported-media-type', () => send('person=ann', 'application/x-www-form-urlencoded')],
      ['plain text', 415, 'unsupported-media-type', () => send('{"person":"ann"}', 'text/plain')],
      ['a wrong value', 400, 'invalid-input', () => send('{"person":"nobody"}')],
      ['no body', 400, 'invalid-input', () => fetch(`${server.url}/api/demo/session`, { method: 'POST' })],
      ['a broken address', 400, 'malformed', () => fetch(`${server.url}/api/bookings/%FF`)],
    ])('%s', async (_what, status, code, ask) => {
      const response = await ask();
      const text = await response.text();
      const found = problemIn({ status: response.status, headers: response.headers, body: JSON.parse(text) });
      expect([found.status, found.code]).toEqual([status, code]);
      expect(found.detail).not.toBe('');
    });

    it('of the inside too, without a word about it', async () => {
      const broken = await servers.open();
      const { browser } = await broken.person();
      await broken.dataSource.query('ALTER TABLE bookings RENAME TO somewhere_else');
      const answer = await browser.get('/api/bookings');
      expect(problemIn(answer)).toMatchObject({ status: 500, code: 'internal' });
      expect(JSON.stringify(answer.body)).not.toMatch(/somewhere_else|relation|SELECT/i);
    });

    it('says 503 and when to come back while the database is away, and goes on afterwards', async () => {
      const alone = await servers.open();
      const { browser } = await alone.person();
      const database = new URL(alone.databaseUrl).pathname.slice(1);
      await server.dataSource.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`);
      await server.dataSource.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
        database,
      ]);
      const answer = await browser.get('/api/bookings');
      expect(problemIn(answer)).toMatchObject({ status: 503, code: 'unavailable' });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      const health = await alone.browser().get('/api/health');
      expect(health.status).toBe(503);
      expect(health.body).toMatchObject({ status: 'down', dependencies: { database: 'down' } });
      expect((await alone.browser().get('/api/health/live')).status).toBe(200);

      await server.dataSource.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`);
      while ((await alone.browser().get('/api/health')).status !== 200) await setImmediate();
      expect((await browser.get('/api/bookings')).status).toBe(200);
    });

    function send(body: string, type = 'application/json'): Promise<Response> {
      return fetch(`${server.url}/api/demo/session`, { method: 'POST', headers: { 'content-type': type }, body });
    }
  });

  it('sends the headers that keep a page to itself', async () => {
    for (const path of ['/', '/api/settings', '/api/nothing', '/chunk-B9ypt-Li.js']) {
      const { headers } = await server.browser().get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/script-src [^;]*unsafe|style-src [^;]*unsafe/);
      expect(headers.get('permissions-policy')).toContain('camera=(self), microphone=(self)');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    }
    expect((await server.browser().get('/api/settings')).headers.get('cache-control')).toBe('no-store');
  });

  describe('[A7] the web app', () => {
    it.each(['/', '/sign-in', '/register', '/bookings', '/bookings/new', '/app/exchange/1'])(
      'is at %s',
      async (path) => {
        const { status, headers, body } = await server.browser().get<string>(path);
        expect(status).toBe(200);
        expect(headers.get('content-type')).toMatch(/^text\/html/);
        expect(headers.get('cache-control')).toBe('no-cache');
        expect(body).toContain('<parley-root');
      },
    );

    it('may style itself with a nonce that is new each time', async () => {
      const seen = new Set<string>();
      for (let round = 0; round < 2; round += 1) {
        const { headers, body } = await server.browser().get<string>('/');
        const nonce = /ngCspNonce="([^"]+)"/.exec(body)?.[1] ?? 'missing';
        expect(body).toContain(`<style nonce="${nonce}">`);
        expect(headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}';`);
        seen.add(nonce);
      }
      expect(seen.size).toBe(2);
    });

    it('shows its page with 404 where it has none, and a problem to programs', async () => {
      const person = await fetch(`${server.url}/nowhere`, { headers: { accept: 'text/html' } });
      expect(person.status).toBe(404);
      expect(await person.text()).toContain('<parley-root');
      const script = await fetch(`${server.url}/gone-ABCDEFGH.js`, { headers: { accept: 'application/json' } });
      expect(script.status).toBe(404);
      expect(script.headers.get('content-type')).toMatch(/problem\+json/);
      expect((await server.browser().post('/nowhere', {})).status).toBe(404);
    });

    it('keeps files whose name has a hash for ever, and asks again for the rest', async () => {
      const hashed = await server.browser().get('/chunk-B9ypt-Li.js');
      expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const named = await server.browser().get('/favicon.svg');
      expect(named.headers.get('cache-control')).toBe('no-cache');
      expect((await server.browser().get('/..%2f..%2fpackage.json')).status).toBeGreaterThanOrEqual(400);
    });
  });

  describe('[A6] for those who run it', () => {
    it('says which dependency is up', async () => {
      const { status, body } = await server.browser().get('/api/health');
      const dependencies = { database: 'up', sessionEnds: 'up', allowanceChanges: 'up' };
      expect([status, body]).toEqual([200, { status: 'up', dependencies, relay: 'not configured' }]);
    });

    it('says that the database is down when it does not answer', async () => {
      const proxy = await SilentProxy.to(server.databaseUrl);
      const far = await servers.open({ PARLEY_DEMO: 'off' }, proxy.url);
      expect((await far.browser().get('/api/health')).status).toBe(200);
      proxy.silent = true;
      const { status, body } = await far.browser().get('/api/health');
      expect(status).toBe(503);
      expect(body).toMatchObject({ dependencies: { database: 'down' } });
      proxy.silent = false;
      proxy.cut();
      proxy.mend();
      while ((await far.browser().get('/api/health')).status !== 200) await setImmediate();
      await far.close();
      await proxy.close();
    });

    it('has metrics by route, not by address', async () => {
      await server.browser().get('/api/bookings/6f1c1f6e-0000-4000-8000-000000000000');
      const { body, headers } = await server.browser().get<string>('/api/metrics');
      expect(headers.get('content-type')).toMatch(/^text\/plain/);
      expect(body).toMatch(
        /parley_http_request_seconds_count\{method="GET",route="\/api\/bookings\/:id",status="401"\} 1/,
      );
      expect(body).not.toContain('6f1c1f6e');
    });

    it('gives metrics to who has the token alone', async () => {
      const guarded = await servers.open({ METRICS_TOKEN: 'a-token-of-16-characters' });
      expect((await guarded.browser().get('/api/metrics')).status).toBe(401);
      expect((await guarded.browser({ authorization: 'Bearer wrong' }).get('/api/metrics')).status).toBe(401);
      const right = guarded.browser({ authorization: 'Bearer a-token-of-16-characters' });
      expect((await right.get('/api/metrics')).status).toBe(200);
    });
  });

  it('describes every endpoint at /api/docs', async () => {
    const { status, body, headers } = await server.browser().get<string>('/api/docs');
    expect(status).toBe(200);
    expect(body).not.toMatch(/<script(?![^>]*src=)/);
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    const document = (await server.browser().get<{ paths: Record<string, Record<string, unknown>> }>('/api/docs.json'))
      .body;
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual([
      'DELETE /api/bookings/{id}',
      'DELETE /api/bookings/{id}/participants/{userId}',
      'DELETE /api/exchanges/{id}/files/{fileId}',
      'DELETE /api/session',
      'GET /api/bookings',
      'GET /api/bookings/{id}',
      'GET /api/exchanges/{id}',
      'GET /api/exchanges/{id}/board',
      'GET /api/exchanges/{id}/files',
      'GET /api/exchanges/{id}/files/{fileId}',
      'GET /api/exchanges/{id}/ice-servers',
      'GET /api/health',
      'GET /api/health/live',
      'GET /api/session',
      'GET /api/settings',
      'PATCH /api/bookings/{id}',
      'POST /api/accounts',
      'POST /api/bookings',
      'POST /api/bookings/{id}/participants',
      'POST /api/demo/session',
      'POST /api/exchanges/{id}/end',
      'POST /api/exchanges/{id}/files',
      'POST /api/session',
      'POST /api/ticket',
    ]);
    expect(JSON.stringify(document.paths['/api/accounts'])).toContain('"minLength":10');
  });

  it('cuts a request off that never ends when it stops', async () => {
    const stopped = await servers.open();
    const { port } = new URL(stopped.url);
    const unfinished = connect(Number(port), '127.0.0.1');
    const cut = once(unfinished.resume(), 'close');
    unfinished.write('POST /api/demo/session HTTP/1.1\r\nHost: parley\r\nContent-Length: 100\r\n');
    // It has reached the server when a request that came after it is answered.
    expect((await stopped.browser().get('/api/health/live')).status).toBe(200);
    await stopped.close(10);
    await cut;
    await expect(fetch(stopped.url)).rejects.toThrow();
  });

  describe('says in words why it cannot start', () => {
    const options = { packagesFrom: process.cwd(), say: () => undefined, onLost: () => undefined };

    it('when the port is in use', async () => {
      const { port } = new URL(server.url);
      const config = readConfig({ NODE_ENV: 'test', PORT: port, LOG_LEVEL: 'silent' }, servers.folder);
      const again = startServer(config, server.dataSource, servers.folder);
      await expect(again).rejects.toThrow(StartupError);
      await expect(again).rejects.toThrow(`Port ${port} is in use`);
      expect((await server.browser().get('/api/health/live')).status).toBe(200);
    });

    it('when the database is out of reach, without its password', async () => {
      const config = readConfig({ DATABASE_URL: 'postgres://ann:hunter2@127.0.0.1:1/x' }, servers.folder);
      const opened = openDatabase(config, options);
      await expect(opened).rejects.toThrow('The database 127.0.0.1:1/x: nothing listens there.');
      await expect(opened).rejects.not.toThrow('hunter2');
    });

    it.each([
      ['its password is wrong', (url: URL) => void (url.password = 'guess'), 'the password is wrong'],
      ['it does not exist', (url: URL) => void (url.pathname = '/nothing'), 'there is no database of that name'],
    ])('when the database says that %s', async (_what, spoil, words) => {
      const url = new URL(server.databaseUrl);
      spoil(url);
      const config = readConfig({ DATABASE_URL: url.href }, servers.folder);
      await expect(openDatabase(config, options)).rejects.toThrow(words);
    });
  });
});
