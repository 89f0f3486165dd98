import { booking, bookingList, exchange, problem, session, PROBLEM_TYPE } from '@parley/protocol';
import { randomUUID } from 'node:crypto';
import { type Answer, HttpPerson } from '@parley/harness';
import { World } from '@parley/harness/world';

const cafe = 'café 👩‍👩‍👧 日本語';

describe('HTTP', () => {
  let world: World;
  let nobody: HttpPerson;

  beforeAll(async () => {
    world = await World.start({ SIGN_IN_PER_ACCOUNT: '3' });
  });

  beforeEach(() => {
    nobody = new HttpPerson(world.server);
  });

  afterEach(() => world.stillServes());

  afterAll(() => world.stop());

  /** A5: a problem document that says nothing about the inside. */
  function expectProblem(answer: Answer, status: number, code?: string): void {
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(PROBLEM_TYPE);
    const body = problem.parse(answer.body);
    expect(body.status).toBe(status);
    if (code !== undefined) expect(body.code).toBe(code);
    expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|\.js:|SELECT |at \w+ \(/);
  }

  describe('accounts and sessions', () => {
    it('[A1] registers, signs in, says who is signed in, and signs out', async () => {
      const person = await HttpPerson.register(world.server, cafe);
      expect(person.name).toBe(cafe);
      const { user } = await person.expect(session, 'GET', '/api/session');
      expect(user).toEqual({ id: person.userId, email: person.email, name: cafe });
      expect((await person.request('DELETE', '/api/session')).status).toBe(204);
      expectProblem(await person.request('GET', '/api/session'), 401);
      await person.signIn();
      expect((await person.expect(session, 'GET', '/api/session')).user.id).toBe(person.userId);
    });

    it('[A1] the session’s cookie is for HTTP only and same-site, and changes with each sign-in', async () => {
      const cookies: string[] = [];
      for (let round = 0; round < 2; round += 1) {
        const { email, password } = world.ann;
        const answer = await nobody.request('POST', '/api/session', { email, password });
        cookies.push(...answer.headers.getSetCookie());
      }
      expect(cookies).toHaveLength(2);
      expect(cookies[0]?.split(';')[0]).not.toBe(cookies[1]?.split(';')[0]);
      for (const cookie of cookies) {
        expect(cookie).toMatch(/HttpOnly/i);
        expect(cookie).toMatch(/SameSite=Lax/i);
        expect(cookie).toMatch(/Path=\//i);
      }
    });

    it('[A1] an unknown address and a wrong password are answered alike', async () => {
      const wrong = await nobody.request('POST', '/api/session', {
        email: world.ben.email,
        password: 'wrong password',
      });
      const unknown = await nobody.request('POST', '/api/session', {
        email: 'nobody-at-all@example.org',
        password: 'wrong password',
      });
      expectProblem(wrong, 401);
      expect(unknown.status).toBe(401);
      expect(unknown.body).toEqual(wrong.body);
    });

    it('[A1] a session that was signed out does not come back with its cookie', async () => {
      const away = await world.ann.elsewhere();
      const stolen = away.at(world.server);
      await away.signOut();
      expectProblem(await stolen.request('GET', '/api/session'), 401);
    });

    it('[A1] limits guesses at one account, and tells when to come back', async () => {
      const target = await HttpPerson.register(world.server, 'Target');
      const guess = (): Promise<Answer> =>
        nobody.request('POST', '/api/session', { email: target.email, password: 'a wrong guess' });
      const answers: Answer[] = [];
      for (let count = 0; count < 4; count += 1) answers.push(await guess());
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
      expectProblem(answers[3]!, 429);
      expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
      await world.ben.elsewhere();
    });

    it('[A1] refuses a second account with the same address, whatever its case', async () => {
      const email = world.ann.email.toUpperCase();
      const answer = await nobody.request('POST', '/api/accounts', { email, name: 'Ann 2', password: 'long enough 1' });
      expectProblem(answer, 409);
    });

    it.each([
      ['an address without @', { email: 'ann', name: 'A', password: 'long enough 1' }, 'email'],
      ['no name', { email: 'new-1@example.org', name: '  ', password: 'long enough 1' }, 'name'],
      ['a short password', { email: 'new-2@example.org', name: 'A', password: 'short' }, 'password'],
      ['a number as name', { email: 'new-3@example.org', name: 7, password: 'long enough 1' }, 'name'],
    ])('[A1] [A5] refuses to register %s, naming the field', async (_what, body, field) => {
      const answer = await nobody.request('POST', '/api/accounts', body);
      expectProblem(answer, 400);
      expect(problem.parse(answer.body).errors?.map((error) => error.field)).toContain(field);
    });

    it('refuses what a foreign page wants to change', async () => {
      const { email, password } = world.ann;
      for (const origin of ['https://elsewhere.example.org', 'null']) {
        const answer = await nobody.request('POST', '/api/session', { email, password }, { origin });
        expectProblem(answer, 403);
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
    });
  });

  describe('bookings and exchanges', () => {
    const span = {
      startsAt: '2027-03-28T00:30:00.000Z',
      endsAt: '2027-03-28T01:30:00.000Z',
      timeZone: 'Europe/Madrid',
    };

    it('[A2] books, lists, reads, changes and cancels; the title comes back as it was', async () => {
      const made = await world.ann.expect(booking, 'POST', '/api/bookings', {
        title: cafe,
        ...span,
        participants: [world.ben.email],
      });
      expect(made).toMatchObject({ title: cafe, ...span, cancelled: false });
      expect(made.participants.map(({ userId, host }) => [userId, host]).sort()).toEqual(
        [
          [world.ann.userId, true],
          [world.ben.userId, false],
        ].sort(),
      );
      const path = `/api/bookings/${made.id}`;
      const query = `?from=${span.startsAt}&to=${span.endsAt}`;
      for (const person of [world.ann, world.ben]) {
        expect(await person.expect(booking, 'GET', path)).toEqual(made);
        const { bookings } = await person.expect(bookingList, 'GET', `/api/bookings${query}`);
        expect(bookings).toContainEqual(made);
      }
      const changed = await world.ann.expect(booking, 'PATCH', path, { title: `${cafe} 2` });
      expect(changed).toEqual({ ...made, title: `${cafe} 2` });
      expect((await world.ann.request('DELETE', path)).status).toBe(204);
      expect((await world.ben.expect(booking, 'GET', path)).cancelled).toBe(true);
    });

    it('[A2] participants see names and never e-mail addresses', async () => {
      const { body } = await world.ben.request('GET', `/api/exchanges/${world.booking.id}`);
      expect(JSON.stringify(body)).toContain(cafe);
      expect(JSON.stringify(body)).not.toContain('@');
      expect(JSON.stringify(world.booking)).not.toContain('@');
    });

    it.each([
      ['GET', '/api/bookings/:id'],
      ['PATCH', '/api/bookings/:id'],
      ['DELETE', '/api/bookings/:id'],
      ['POST', '/api/bookings/:id/participants'],
      ['DELETE', '/api/bookings/:id/participants/:user'],
      ['GET', '/api/exchanges/:id'],
    ])('[A2] [A3] Cleo gets the same 404 as for what does not exist: %s %s', async (method, path) => {
      const body =
        method === 'PATCH' ? { title: 'mine now' } : method === 'POST' ? { email: world.cleo.email } : undefined;
      const at = (id: string): string => path.replace(':id', id).replace(':user', world.ben.userId);
      const real = await world.cleo.request(method, at(world.booking.id), body);
      expectProblem(real, 404);
      for (const id of [randomUUID(), '1', 'x’; DROP TABLE bookings; --']) {
        const unknown = await world.cleo.request(method, at(encodeURIComponent(id)), body);
        expect({ status: unknown.status, body: unknown.body }).toEqual({ status: real.status, body: real.body });
      }
      expect((await nobody.request(method, at(world.booking.id), body)).status).toBe(401);
    });

    it('[A2] a participant who is not the host may not change it', async () => {
      const path = `/api/bookings/${world.booking.id}`;
      expectProblem(await world.ben.request('PATCH', path, { title: 'mine now' }), 403);
      expectProblem(await world.ben.request('DELETE', path), 403);
      expectProblem(await world.ben.request('POST', `${path}/participants`, { email: world.cleo.email }), 403);
      expectProblem(await world.ben.request('DELETE', `${path}/participants/${world.ann.userId}`), 403);
      expect((await world.ann.expect(booking, 'GET', path)).title).toBe(world.booking.title);
    });

    it.each([
      ['an end before the start', { title: 'x', ...span, endsAt: '2027-03-28T00:00:00.000Z' }, 'endsAt'],
      ['no title', { ...span, title: '   ' }, 'title'],
      ['an unknown time zone', { title: 'x', ...span, timeZone: 'Mars/Olympus' }, 'timeZone'],
      ['a time that is none', { title: 'x', ...span, startsAt: 'tomorrow' }, 'startsAt'],
      [
        'an invitee without account',
        { title: 'x', ...span, participants: ['nobody-here@example.org'] },
        'participants.0',
      ],
    ])('[A2] [A5] refuses to book %s, naming the field', async (_what, body, field) => {
      const answer = await world.ann.request('POST', '/api/bookings', body);
      expectProblem(answer, 400);
      expect(problem.parse(answer.body).errors?.map((error) => error.field)).toContain(field);
    });

    it('[A3] the first participant who enters opens the exchange; it names its topics', async () => {
      const made = await world.book(world.ann, [world.ben]);
      const first = await world.ben.expect(exchange, 'GET', `/api/exchanges/${made.id}`);
      expect(first).toMatchObject({ id: made.id, state: 'open', endedAt: null, booking: { title: made.title } });
      expect(first.topics).toEqual({
        text: `exchange/text:${made.id}`,
        call: `exchange/call:${made.id}`,
        whiteboard: `exchange/whiteboard:${made.id}`,
      });
      const second = await world.ann.expect(exchange, 'GET', `/api/exchanges/${made.id}`);
      expect(second.openedAt).toBe(first.openedAt);
    });
  });

  describe('errors, health, and the app', () => {
    it.each([
      ['POST', '/api/session', '{', 400],
      ['POST', '/api/session', '[]', 400],
      ['GET', '/api/nothing-here', undefined, 404],
      ['POST', '/api/bookings', `{"title":"${'x'.repeat(70_000)}"}`, 413],
    ])('[A5] %s %s answers a problem', async (method, path, body, status) => {
      expectProblem(await world.ann.request(method, path, body), status);
    });

    it('[A6] says that it lives and what it depends on', async () => {
      const { status, body } = await nobody.request('GET', '/api/health');
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain('database');
    });

    it('[A6] gives metrics for Prometheus', async () => {
      const { status, headers, body } = await nobody.request('GET', '/api/metrics');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toContain('text/plain');
      expect(body).toMatch(/^# TYPE \w+ (counter|gauge)$/m);
      expect(body).not.toContain('@example.org');
    });

    it('[A5] describes itself with OpenAPI', async () => {
      const { status, body } = await nobody.request('GET', '/api/docs');
      expect(status).toBe(200);
      expect(body).toMatch(/openapi|swagger/i);
    });

    it.each(['/', '/sign-in', '/register', '/bookings', `/app/exchange/${randomUUID()}`])(
      '[A7] serves the app at %s, with headers that keep others out',
      async (path) => {
        const { status, headers, body } = await nobody.request('GET', path, undefined, { accept: 'text/html' });
        expect(status).toBe(200);
        expect(body).toMatch(/^<!doctype html>/i);
        const policy = headers.get('content-security-policy') ?? '';
        expect(policy).toContain(`frame-ancestors 'none'`);
        expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toContain('unsafe-inline');
        expect(headers.get('permissions-policy')).toContain('camera=(self)');
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('x-powered-by')).toBeNull();
      },
    );

    it('[A7] answers 404 elsewhere, and no file outside the app', async () => {
      for (const path of ['/nothing-here', '/..%2f..%2fpackage.json', '/.env', '/package.json']) {
        const { status, body } = await nobody.request('GET', path, undefined, { accept: 'text/html' });
        expect(status).toBe(404);
        expect(body).not.toContain('"dependencies"');
      }
    });
  });
});
