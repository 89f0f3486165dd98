import type { Session, Settings } from '@parley/protocol';
import { problemIn } from '../testing/browser';
import { TestServers, password, type TestServer } from '../testing/test-server';
import { Passwords } from './passwords';

describe('accounts and sessions', () => {
  let servers: TestServers;
  let server: TestServer;

  beforeAll(async () => {
    servers = await TestServers.start();
    server = await servers.open();
  });

  afterAll(() => servers.stop());

  it('[A1] registers, signs out and signs in again, whatever alphabet the name is in', async () => {
    const browser = server.browser();
    const name = 'café 👩‍👩‍👧 日本語';
    const registered = await browser.post<Session>('/api/accounts', { email: 'First@Example.org', name, password });
    expect(registered.status).toBe(201);
    expect(registered.body.user).toEqual({ id: expect.any(String) as string, email: 'first@example.org', name });
    expect((await browser.get<Session>('/api/session')).body).toEqual(registered.body);

    expect((await browser.delete('/api/session')).status).toBe(204);
    expect(problemIn(await browser.get('/api/session'))).toMatchObject({ status: 401, code: 'not-signed-in' });
    expect((await browser.delete('/api/session')).status).toBe(204);

    const again = await browser.post<Session>('/api/session', { email: 'FIRST@example.org', password });
    expect(again.status).toBe(200);
    expect(again.body).toEqual(registered.body);
  });

  it('[A1] takes differently composed characters of a password for the same', async () => {
    const email = 'composed@example.org';
    await server.browser().post('/api/accounts', { email, name: 'Ann', password: 'a long caf\u00e9' });
    const { status } = await server.browser().post('/api/session', { email, password: 'a long cafe\u0301' });
    expect(status).toBe(200);
  });

  it('[A1] gives a cookie that scripts cannot read and other sites do not send', async () => {
    const { browser } = await server.person();
    const { headers } = await browser.get('/api/session');
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^parley\.sid=s%3A[A-Za-z0-9_-]{43}\./);
    expect(cookie).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
  });

  it('[A1] keeps passwords as argon2id, and nothing of them in answers', async () => {
    const { user } = await server.person();
    const [row] = await server.dataSource.query<[{ password_hash: string }]>(
      'SELECT password_hash FROM users WHERE id = $1',
      [user.id],
    );
    expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$/);
    expect(Object.keys(user).sort()).toEqual(['email', 'id', 'name']);
  });

  it('[A1] says which field is wrong', async () => {
    const answer = await server.browser().post('/api/accounts', { email: 'x', name: ' ', password: 'short' });
    const { code, errors } = problemIn(answer);
    expect(answer.status).toBe(400);
    expect(code).toBe('invalid-input');
    expect(errors?.map((error) => error.field)).toEqual(['email', 'name', 'password']);
  });

  it('[A1] refuses an address that is taken, also when two register at once', async () => {
    const body = { email: 'race@example.org', name: 'Ann', password };
    const answers = await Promise.all([1, 2, 3].map(() => server.browser().post('/api/accounts', body)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409]);
    const taken = answers.find((answer) => answer.status === 409)!;
    expect(problemIn(taken)).toMatchObject({ code: 'email-taken', errors: [{ field: 'email' }] });
  });

  it('[A1] can be closed to new accounts', async () => {
    const closed = await servers.open({ REGISTRATION: 'off', PARLEY_DEMO: 'off' });
    const answer = await closed.browser().post('/api/accounts', { email: 'a@example.org', name: 'A', password });
    expect(problemIn(answer)).toMatchObject({ status: 403, code: 'registration-closed' });
    expect((await closed.browser().get<Settings>('/api/settings')).body).toEqual({ registration: false, demo: [] });
    expect((await closed.browser().post('/api/demo/session', { person: 'ann' })).status).toBe(404);
  });

  it('answers an unknown user, a wrong password and a demo person alike, and does the same work', async () => {
    const { user } = await server.person();
    const { server: running } = server;
    const matches = jest.spyOn(running.app.get(Passwords), 'matches');
    const answers = [];
    for (const email of [user.email, 'nobody@example.org', 'ann@example.org']) {
      const { status, body } = await server.browser().post('/api/session', { email, password: 'wrong wrong' });
      answers.push({ status, body });
    }
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    // Each was compared with a hash of the same cost; the wait is in that.
    expect(matches).toHaveBeenCalledTimes(3);
    matches.mockRestore();
  });

  it('gives a new session at sign-in, and the old one is over', async () => {
    const { browser, user } = await server.person();
    const before = browser.cookie;
    await browser.post('/api/session', { email: user.email, password });
    expect(browser.cookie).not.toBe(before);
    const thief = server.browser({ cookie: before });
    expect((await thief.get('/api/session')).status).toBe(401);
  });

  it('does not take a session id that the browser brings along', async () => {
    const { user } = await server.person();
    const fixed = server.browser({ cookie: 'parley.sid=s%3Achosen.signature' });
    const answer = await fixed.post<Session>('/api/session', { email: user.email, password });
    expect(answer.headers.getSetCookie()[0]).not.toContain('chosen');
  });

  it('ends a session that was not used, and one that was, at its absolute end', async () => {
    const { browser } = await server.person();
    await server.dataSource.query(
      `UPDATE sessions SET expire = now() - interval '1 second' WHERE sess->>'userId' = $1`,
      [(await browser.get<Session>('/api/session')).body.user.id],
    );
    expect((await browser.get('/api/session')).status).toBe(401);

    const brief = await servers.open({ SESSION_ABSOLUTE_HOURS: '1', SESSION_IDLE_MINUTES: '525600' });
    const { user } = await brief.person();
    const [row] = await brief.dataSource.query<[{ within: boolean }]>(
      `SELECT expire BETWEEN now() + interval '59 minutes' AND now() + interval '61 minutes' AS within
         FROM sessions WHERE sess->>'userId' = $1`,
      [user.id],
    );
    expect(row.within).toBe(true);
  });

  it('moves the end of a session that is used, and not with each request', async () => {
    const { browser, user } = await server.person();
    const end = async (): Promise<number> => {
      const [row] = await server.dataSource.query<[{ seconds: string }]>(
        `SELECT extract(epoch FROM expire - now()) AS seconds FROM sessions WHERE sess->>'userId' = $1`,
        [user.id],
      );
      return Number(row.seconds);
    };
    const version = async (): Promise<unknown> =>
      server.dataSource.query(`SELECT xmin::text FROM sessions WHERE sess->>'userId' = $1`, [user.id]);
    const written = await version();
    await browser.get('/api/session');
    expect(await version()).toEqual(written);
    const idle = 720 * 60;
    // Used a while ago; or begun when sessions lasted longer.
    for (const seconds of [idle - 120, idle * 2]) {
      await server.dataSource.query(
        `UPDATE sessions SET expire = now() + make_interval(secs => $2) WHERE sess->>'userId' = $1`,
        [user.id, seconds],
      );
      await browser.get('/api/session');
      expect(Math.abs((await end()) - idle)).toBeLessThan(30);
    }
  });

  it('limits wrong passwords for one account, whatever address they come from, and says when to come back', async () => {
    const limited = await servers.open({ SIGN_IN_PER_ACCOUNT: '3', TRUST_PROXY: '1' });
    const { user } = await limited.person();
    const attempt = (address: string, secret: string) =>
      limited.browser({ 'x-forwarded-for': address }).post('/api/session', { email: user.email, password: secret });
    const wrong = await Promise.all([1, 2, 3, 4, 5].map((host) => attempt(`192.0.2.${host}`, 'wrong wrong')));
    expect(wrong.map((answer) => answer.status).sort()).toEqual([401, 401, 401, 429, 429]);
    const refused = await attempt('192.0.2.9', password);
    expect(problemIn(refused)).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('limits wrong passwords from one address, and forgets those of people who then got it right', async () => {
    const limited = await servers.open({ SIGN_IN_PER_ADDRESS: '4' });
    const { user } = await limited.person();
    const attempt = (email: string, secret: string) =>
      limited.browser().post('/api/session', { email, password: secret });
    for (let round = 0; round < 6; round += 1) expect((await attempt(user.email, password)).status).toBe(200);
    const statuses = [];
    for (let round = 0; round < 5; round += 1) {
      statuses.push((await attempt(`nobody-${round}@example.org`, 'wrong wrong')).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 429]);
  });

  it('refuses to sign in over plain HTTP where cookies are for HTTPS only, and says what to do', async () => {
    const secure = await servers.open({ COOKIE_SECURE: 'always', TRUST_PROXY: '1' });
    const plain = await secure.browser().post('/api/demo/session', { person: 'ann' });
    expect(problemIn(plain)).toMatchObject({ status: 400, code: 'https-required' });
    const { headers } = await secure
      .browser({ 'x-forwarded-proto': 'https' })
      .post('/api/demo/session', { person: 'ann' });
    expect(headers.getSetCookie()[0]).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a page without an origin of its own', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a browser that hides its origin', { origin: '', 'sec-fetch-site': 'cross-site' }],
  ])('refuses a change from %s', async (_name, headers) => {
    const { browser } = await server.person();
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
    const answer = await fetch(`${server.url}/api/session`, {
      method: 'DELETE',
      headers: { cookie: browser.cookie, ...given },
    });
    expect(answer.status).toBe(403);
    expect(((await answer.json()) as { code: string }).code).toBe('bad-origin');
    expect((await browser.get('/api/session')).status).toBe(200);
  });

  it('lets a listed origin and a program without one in', async () => {
    const open = await servers.open({ PARLEY_ORIGINS: 'https://meet.example.org' });
    const listed = await open
      .browser({ origin: 'https://meet.example.org' })
      .post('/api/demo/session', { person: 'ann' });
    expect(listed.status).toBe(200);
    const program = await fetch(`${open.url}/api/demo/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"person":"ben"}',
    });
    expect(program.status).toBe(200);
  });
});
