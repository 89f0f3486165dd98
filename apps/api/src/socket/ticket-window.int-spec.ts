import { parseTicket, type Ticket } from '@parley/protocol';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { RawConnection, type RawAnswer } from '../testing/raw-request';
import { TestServers, type TestServer } from '../testing/test-server';
import { TicketOffice } from './ticket-office';

/** What a row of the tables sends. */
interface Sent {
  readonly method?: string;
  /** Before the query. */
  readonly path?: string;
  readonly version?: string;
  /** Beside Host; default: the session's cookie and the own origin. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

const json = 'Content-Type: application/json';

describe('the ticket window', () => {
  let servers: TestServers;
  let server: TestServer;
  let office: TicketOffice;
  let cookie: string;
  let host: string;
  let open: RawConnection[];

  beforeAll(async () => {
    servers = await TestServers.start();
    server = await servers.open({ PARLEY_ORIGINS: 'https://parley.example.org', TICKETS_PER_MINUTE: '100000' });
    office = server.server.app.get(TicketOffice);
    host = new URL(server.url).host;
    cookie = (await server.person('Ann')).browser.cookie;
  });

  afterAll(() => servers.stop());

  beforeEach(() => {
    open = [];
  });

  afterEach(() => {
    for (const connection of open) connection.close();
    jest.restoreAllMocks();
  });

  async function connection(): Promise<RawConnection> {
    const opened = await RawConnection.open(server.url);
    open.push(opened);
    return opened;
  }

  /** The request in bytes; a query changes nothing of the answer, but goes past the window. */
  function bytes(
    { method = 'POST', path = '/api/ticket', version = '1.1', headers, body }: Sent,
    query: string,
  ): Buffer {
    const lines = headers ?? [`Cookie: ${cookie}`, `Origin: ${server.url}`];
    const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
    const head = [`${method} ${path}${query} HTTP/${version}`, `Host: ${host}`, ...lines, ...length, '', ''].join(
      '\r\n',
    );
    return Buffer.concat([Buffer.from(head), Buffer.from(body ?? '')]);
  }

  async function ask(sent: Sent, query = ''): Promise<RawAnswer> {
    const asked = await connection();
    asked.send(bytes(sent, query));
    return asked.answer(sent.method !== 'HEAD');
  }

  /** What both ways must have in common: all but what is of the moment. */
  function comparable({ status, headers, body }: RawAnswer) {
    const kept = headers
      .filter(([name]) => name !== 'date' && !(status === 200 && name === 'etag'))
      .map(([name, value]) => `${name}: ${value.replace(/Expires=[^;]+ GMT/, 'Expires=…')}`);
    return {
      status,
      headers: kept.toSorted(),
      body: status === 200 ? body.replaceAll(/[\w-]{43}|[\w-]{22}|[\d-]{10}T[\d:.]{12}Z/g, '…') : body,
    };
  }

  const own = () => [`Cookie: ${cookie}`, `Origin: ${server.url}`];

  describe('answers by itself as the controller does', () => {
    it.each<[string, () => Sent]>([
      ['a request without a body', () => ({})],
      ['one with an empty body', () => ({ headers: [...own(), 'Content-Length: 0'] })],
      ['an empty object', () => ({ headers: [...own(), json], body: '{}' })],
      ['with its encoding named', () => ({ headers: [...own(), `${json}; charset=utf-8`], body: '{}' })],
      ['a connection that is none of his', () => ({ headers: [...own(), json], body: '{"resume":"nobody-s"}' })],
      ['what is no connection', () => ({ headers: [...own(), json], body: '{"resume":7}' })],
      ['more than it wants', () => ({ headers: [...own(), json], body: '{"café":"👩‍👩‍👧","__proto__":{"resume":"x"}}' })],
      [
        'bytes that are no text',
        () => ({ headers: [...own(), json], body: Buffer.from('{"resume":"\xff"}', 'latin1') }),
      ],
      ['no origin: no browser', () => ({ headers: [`Cookie: ${cookie}`] })],
      ['the same site', () => ({ headers: [`Cookie: ${cookie}`, 'Sec-Fetch-Site: same-origin'] })],
      ['an origin that is allowed', () => ({ headers: [`Cookie: ${cookie}`, 'Origin: https://parley.example.org'] })],
      ['other cookies around', () => ({ headers: [`Cookie: a=1; ${cookie}; b="x y"`, `Origin: ${server.url}`] })],
      ['cookies in two lines', () => ({ headers: ['Cookie: a=1', `Cookie: ${cookie}`, `Origin: ${server.url}`] })],
      ['a client that closes then', () => ({ headers: [...own(), 'Connection: close'] })],
      ['a proxy that nobody trusts', () => ({ headers: [...own(), 'X-Forwarded-Proto: https'] })],
    ])('%s', async (_what, sent) => {
      const [quick, full] = [jest.spyOn(office, 'issueFor'), jest.spyOn(office, 'issue')];
      const here = await ask(sent());
      expect([quick.mock.calls.length, full.mock.calls.length]).toEqual([1, 0]);
      const there = await ask(sent(), '?');
      expect([quick.mock.calls.length, full.mock.calls.length]).toEqual([1, 1]);
      expect(here.status).toBe(200);
      expect(comparable(here)).toEqual(comparable(there));
      expect(expiryOf(here)).toBeGreaterThan(Date.now());
      expect(Math.abs(expiryOf(here) - expiryOf(there))).toBeLessThanOrEqual(5_000);
      const { ticket, connectionId } = JSON.parse(here.body) as Ticket;
      expect(await office.redeem(parseTicket(ticket)!)).toMatchObject({ connectionId, principal: { name: 'Ann' } });
    });

    function expiryOf({ headers }: RawAnswer): number {
      const [, value = ''] = headers.find(([name]) => name === 'set-cookie') ?? [];
      return Date.parse(/Expires=([^;]+)/.exec(value)?.[1] ?? '');
    }
  });

  describe('leaves to the full way, which answers as it always did', () => {
    const signature = /\.[^.]+$/;

    it.each<[string, () => Sent]>([
      ['no cookie', () => ({ headers: [`Origin: ${server.url}`] })],
      ['another cookie', () => ({ headers: ['Cookie: parley=1', `Origin: ${server.url}`] })],
      ['a forged signature', () => ({ headers: [`Cookie: ${cookie.replace(signature, `.${'A'.repeat(43)}`)}`] })],
      ['half a signature', () => ({ headers: [`Cookie: ${cookie.slice(0, -1)}`] })],
      ['no signature', () => ({ headers: [`Cookie: ${cookie.replace(signature, '')}`] })],
      ['the signature of another', () => ({ headers: [`Cookie: ${cookie.replace('s%3A', 's%3AA')}`] })],
      ['two sessions', () => ({ headers: [`Cookie: ${cookie.replace(signature, '')}; ${cookie}`] })],
      ['the other order', () => ({ headers: [`Cookie: ${cookie}; ${cookie.replace(signature, '')}`] })],
      ['two cookie headers', () => ({ headers: [`Cookie: ${cookie}`, `Cookie: ${cookie}`] })],
      ['a longer name', () => ({ headers: [`Cookie: x${cookie}`] })],
      ['another spelling of the cookie', () => ({ headers: [`Cookie: ${cookie.replace('s%3A', 's:')}`] })],
      ['a quoted cookie', () => ({ headers: [`Cookie: ${cookie.replace('=', '="')}"`] })],
      ['no space between cookies', () => ({ headers: [`Cookie: a=1;${cookie}`] })],
      ['another site', () => ({ headers: [`Cookie: ${cookie}`, 'Origin: https://elsewhere.example.org'] })],
      ['another site, as browsers say it', () => ({ headers: [`Cookie: ${cookie}`, 'Sec-Fetch-Site: cross-site'] })],
      ['two origins', () => ({ headers: [...own(), 'Origin: https://elsewhere.example.org'] })],
      ['two hosts', () => ({ headers: [`Cookie: ${cookie}`, 'Origin: http://elsewhere', 'Host: elsewhere'] })],
      ['no JSON', () => ({ headers: [...own(), json], body: '{"resume":' })],
      ['JSON that is no object', () => ({ headers: [...own(), json], body: '"x"' })],
      ['a list', () => ({ headers: [...own(), json], body: '[]' })],
      ['blanks', () => ({ headers: [...own(), json], body: '  ' })],
      ['a byte order mark', () => ({ headers: [...own(), json], body: '\ufeff{}' })],
      ['a large body', () => ({ headers: [...own(), json], body: JSON.stringify({ resume: 'x'.repeat(300) }) })],
      ['one that is too large', () => ({ headers: [...own(), json], body: JSON.stringify('x'.repeat(70_000)) })],
      ['a form', () => ({ headers: [...own(), 'Content-Type: application/x-www-form-urlencoded'], body: 'a=1' })],
      ['plain text', () => ({ headers: [...own(), 'Content-Type: text/plain'], body: '{}' })],
      ['a body of no type', () => ({ headers: own(), body: '{}' })],
      ['another encoding', () => ({ headers: [...own(), `${json}; charset=latin1`], body: '{}' })],
      ['UTF-16', () => ({ headers: [...own(), `${json}; charset=utf-16`], body: Buffer.from('{}', 'utf16le') })],
      ['a packed body', () => ({ headers: [...own(), json, 'Content-Encoding: gzip'], body: gzipSync('{}') })],
      ['an empty body of a type', () => ({ headers: [...own(), json], body: '' })],
      ['two lengths', () => ({ headers: [...own(), json, 'Content-Length: 3'], body: '{}' })],
      ['a length and chunks', () => ({ headers: [...own(), json, 'Transfer-Encoding: chunked'], body: '0\r\n\r\n' })],
      ['a request that waits to be told', () => ({ headers: [...own(), json, 'Expect: 100-continue'], body: '{}' })],
      ['HTTP/1.0', () => ({ version: '1.0' })],
      ['GET', () => ({ method: 'GET' })],
      ['HEAD', () => ({ method: 'HEAD' })],
      ['OPTIONS', () => ({ method: 'OPTIONS' })],
      ['PUT', () => ({ method: 'PUT', headers: [...own(), json], body: '{}' })],
      ['a slash more', () => ({ path: '//api/ticket' })],
      ['a slash behind', () => ({ path: '/api/ticket/' })],
      ['large letters', () => ({ path: '/API/Ticket' })],
      ['an escaped letter', () => ({ path: '/api/%74icket' })],
      ['a way around', () => ({ path: '/api/../api/ticket' })],
      ['a whole address', () => ({ path: `${server.url}/api/ticket` })],
    ])('%s', async (_what, sent) => {
      const quick = jest.spyOn(office, 'issueFor');
      const here = await ask(sent());
      const there = await ask(sent(), '?');
      expect(quick).not.toHaveBeenCalled();
      expect(comparable(here)).toEqual(comparable(there));
    });

    it('chunks', async () => {
      const quick = jest.spyOn(office, 'issueFor');
      const sent: Sent = { headers: [...own(), json, 'Transfer-Encoding: chunked'] };
      const answers = await Promise.all(
        ['', '?'].map(async (query) => {
          const asked = await connection();
          asked.send(Buffer.concat([bytes(sent, query), Buffer.from('2\r\n{}\r\n0\r\n\r\n')]));
          return asked.answer();
        }),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(quick).not.toHaveBeenCalled();
    });

    it.each<[string, (user: { id: string }) => Promise<unknown>]>([
      ['a session that is over', (user) => sessionsOf('DELETE FROM sessions', user)],
      ['one that expired', (user) => sessionsOf("UPDATE sessions SET expire = now() - interval '1 hour'", user)],
      ['someone whose account is gone', ({ id }) => server.dataSource.query('DELETE FROM users WHERE id = $1', [id])],
      ['a session of nobody', (user) => sessionsOf(`UPDATE sessions SET sess = (sess::jsonb - 'userId')::json`, user)],
      ['one without an end', (user) => sessionsOf(`UPDATE sessions SET sess = (sess::jsonb - 'endsAt')::json`, user)],
      [
        'one of what is no user',
        (user) => sessionsOf(`UPDATE sessions SET sess = (sess::jsonb || '{"userId":"x"}')::json`, user),
      ],
    ])('%s', async (_what, spoil) => {
      const { browser, user } = await server.person('Ben');
      const sent: Sent = { headers: [`Cookie: ${browser.cookie}`, json], body: '{}' };
      expect((await ask(sent)).status).toBe(200);
      await spoil(user);
      expect(comparable(await ask(sent))).toEqual(comparable(await ask(sent, '?')));
    });

    function sessionsOf(sql: string, { id }: { id: string }): Promise<unknown> {
      return server.dataSource.query(`${sql} WHERE sess->>'userId' = $1`, [id]);
    }
  });

  it('reads a body that comes in pieces, and then the next request of the same connection', async () => {
    const asked = await connection();
    const quick = jest.spyOn(office, 'issueFor');
    const whole = bytes({ headers: [...own(), json], body: '{"resume":"nobody-s"}' }, '');
    for (const missing of [21, 7, 1]) {
      const head = once(server.server.app.getHttpServer(), 'request');
      asked.send(whole.subarray(0, -missing));
      await head;
      await setImmediate();
      expect(quick).not.toHaveBeenCalled();
      asked.send(whole.subarray(-missing));
      expect((await asked.answer()).status).toBe(200);
      expect(quick).toHaveBeenCalledTimes(1);
      quick.mockClear();
    }
    // One that is refused, whose body was looked at, and four more at once.
    asked.send(bytes({ headers: [...own(), json], body: '{"resume":' }, ''));
    asked.send(Buffer.concat(['{}', '[]', '{}', '{}'].map((body) => bytes({ headers: [...own(), json], body }, ''))));
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await asked.answer()).status);
    expect(statuses).toEqual([400, 200, 400, 200, 200]);
    expect(quick).toHaveBeenCalledTimes(3);
  });

  it('is not harmed by clients that leave before their answer, or before the end of their body', async () => {
    const { unhandled, stop } = watchUnhandled();
    const whole = bytes({ headers: [...own(), json], body: '{}' }, '');
    const spoiled = bytes({ headers: [...own(), json], body: '[]' }, '');
    for (const sent of [whole, spoiled, whole.subarray(0, -1), whole.subarray(0, -2), whole.subarray(0, 20)]) {
      const asked = await connection();
      const accepted = once(server.server.app.getHttpServer(), 'request');
      asked.send(sent);
      if (sent.length > 20) await accepted;
      asked.close();
    }
    // Later than those before it, on their way through the same lane.
    expect((await ask({ headers: [...own(), json], body: '{}' })).status).toBe(200);
    stop();
    expect(unhandled).toEqual([]);
  });

  function watchUnhandled() {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('uncaughtExceptionMonitor', note).on('unhandledRejection', note);
    return {
      unhandled,
      stop: () => void process.off('uncaughtExceptionMonitor', note).off('unhandledRejection', note),
    };
  }
});
