import { CloseCode, parseTicket, type Ticket } from '@parley/protocol';
import { Admissions } from '@parley/socket';
import { Subject, firstValueFrom, takeUntil, toArray } from 'rxjs';
import { SessionWatch } from '../auth/session-watch';
import { problemIn, type Browser } from '../testing/browser';
import { TestServers, password, type TestServer } from '../testing/test-server';
import { TicketOffice } from './ticket-office';

describe('tickets and the end of sessions', () => {
  let servers: TestServers;
  let server: TestServer;
  let office: TicketOffice;

  beforeAll(async () => {
    servers = await TestServers.start();
    server = await servers.open();
    office = server.server.app.get(TicketOffice);
  });

  afterAll(() => servers.stop());

  async function ticketFor(browser: Browser): Promise<Ticket> {
    const { body, status } = await browser.post<Ticket>('/api/ticket');
    expect(status).toBe(200);
    return body;
  }

  const parsed = (ticket: Ticket) => parseTicket(ticket.ticket)!;

  it('[T1] gives a ticket to the signed-in, with and without a body, and 401 to others', async () => {
    const { browser, user } = await server.person('Ann');
    const ticket = await ticketFor(browser);
    expect(parsed(ticket).connectionId).toBe(ticket.connectionId);
    const lifetime = Date.parse(ticket.expiresAt) - Date.now();
    expect(lifetime).toBeGreaterThan(0);
    expect(lifetime).toBeLessThanOrEqual(30_000);
    const admission = await office.redeem(parsed(ticket));
    expect(admission).toMatchObject({
      connectionId: ticket.connectionId,
      principal: { userId: user.id, name: 'Ann', sessionId: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    expect(problemIn(await server.browser().post('/api/ticket'))).toMatchObject({ status: 401 });
  });

  it('[T1] gives one session only so many at once, and says when there are more', async () => {
    const slow = await servers.open({ TICKETS_PER_MINUTE: '4' });
    const { browser } = await slow.person('Ben');
    await ticketFor(browser);
    const refused = await browser.post('/api/ticket');
    expect(problemIn(refused)).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('[T1] keeps neither the ticket nor the session id, only hashes', async () => {
    const { browser } = await server.person();
    const ticket = await ticketFor(browser);
    const rows = JSON.stringify(await server.dataSource.query('SELECT t::text FROM tickets t'));
    expect(rows).toContain(ticket.connectionId);
    expect(rows).not.toContain(parsed(ticket).authCode);
    const sid = /s%3A([^.]+)/.exec(browser.cookie)?.[1] ?? 'missing';
    expect(rows).not.toContain(sid);
  });

  describe('[T4] resume', () => {
    async function resume(browser: Browser, connectionId: unknown): Promise<Ticket> {
      const { body, status } = await browser.post<Ticket>('/api/ticket', { resume: connectionId });
      expect(status).toBe(200);
      return body;
    }

    it('gives the same session a ticket for its open connection, which the new socket replaces', async () => {
      const { browser } = await server.person();
      const first = await server.socket(browser);
      const second = await server.socket(browser, first.id);
      expect(second.id).toBe(first.id);
      expect((await first.client.closed()).code).toBe(CloseCode.replaced);
      await second.client.settled();
      second.client.close();
    });

    it('gives it two tickets at a time, since the first may be lost on the way', async () => {
      const { browser } = await server.person();
      const { client, id } = await server.socket(browser);
      const tickets = [await resume(browser, id), await resume(browser, id)];
      expect(tickets.map(({ connectionId }) => connectionId)).toEqual([id, id]);
      for (const ticket of tickets) expect(await office.redeem(parsed(ticket))).toMatchObject({ connectionId: id });
      client.close();
    });

    it('gives it one within the grace period, and not after a clean end', async () => {
      const { browser } = await server.person();
      const first = await server.socket(browser);
      const gone = first.client.closed();
      first.client.socket.terminate();
      await gone;
      const second = await server.socket(browser, first.id);
      expect(second.id).toBe(first.id);
      await second.client.settled();
      second.client.close();
      await second.client.closed();
      expect((await resume(browser, first.id)).connectionId).not.toBe(first.id);
    });

    it('gives everyone else one for a new id, never an error', async () => {
      const { browser, user } = await server.person();
      const { client, id } = await server.socket(browser);
      const [stranger, elsewhere] = [await server.person('Cleo'), server.browser()];
      await elsewhere.post('/api/session', { email: user.email, password });
      for (const each of [stranger.browser, elsewhere]) expect((await resume(each, id)).connectionId).not.toBe(id);
      expect((await resume(browser, 'nobody-s')).connectionId).not.toBe('nobody-s');
      await client.settled();
      client.close();
    });

    it('gives one for a new id to who asks for what is no connection', async () => {
      const { browser } = await server.person();
      const odd = ['', 'x'.repeat(65), 'café 👩‍👩‍👧', null, 7, true, {}, []];
      const ids: string[] = [];
      for (const each of odd) ids.push((await resume(browser, each)).connectionId);
      expect(new Set(ids).size).toBe(odd.length);
    });
  });

  it('[T3] [L4] are refused while the server drains, with when to come back', async () => {
    const ending = await servers.open();
    const { browser } = await ending.person();
    const { client } = await ending.socket(browser);
    ending.server.app.get(Admissions, { strict: false }).drain();
    const refused = await browser.post('/api/ticket');
    expect(problemIn(refused)).toMatchObject({ status: 503, code: 'unavailable' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    client.close();
    await ending.close();
  });

  it('[L4] are refused on connections that end with the answer, so that nobody who asks keeps the server', async () => {
    const ending = await servers.open();
    const { browser } = await ending.person();
    const { client } = await ending.socket(browser);
    // It does not answer the close frame, so the server is not gone at once.
    client.socket.pause();
    const closed = ending.close();
    const refused = await browser.post('/api/ticket');
    expect(refused.headers.get('connection')).toBe('close');
    client.socket.terminate();
    await closed;
  });

  it('[T2] works once: of many that race with it, on two nodes, one wins', async () => {
    const other = await servers.open({}, server.databaseUrl);
    const { browser } = await server.person();
    const ticket = parsed(await ticketFor(browser));
    const offices = [office, other.server.app.get(TicketOffice)];
    const admissions = await Promise.all(Array.from({ length: 10 }, (_, index) => offices[index % 2]!.redeem(ticket)));
    expect(admissions.filter((admission) => admission !== undefined)).toHaveLength(1);
    expect(await office.redeem(ticket)).toBeUndefined();
  });

  it('[T2] works once, and for its own bearer, among many that are shown at the same moment on two nodes', async () => {
    const other = await servers.open();
    const offices = [office, other.server.app.get(TicketOffice)];
    const people = await Promise.all(['Ann', 'Ben', 'Cleo'].map((name) => server.person(name)));
    const issued = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const { browser, user } = people[index % people.length]!;
        return { ticket: parsed(await ticketFor(browser)), userId: user.id };
      }),
    );
    // Forwards and backwards: two nodes that take the same rows must not wait for each other either.
    const shown = [...issued, ...issued.toReversed(), ...issued].map((each, index) => ({
      ...each,
      redeemed: offices[index < issued.length ? 0 : 1]!.redeem(each.ticket),
    }));
    const forged = office.redeem({ ...issued[0]!.ticket, connectionId: issued[1]!.ticket.connectionId });
    const admissions = await Promise.all(
      shown.map(async ({ ticket, userId, redeemed }) => ({ ticket, userId, admission: await redeemed })),
    );
    expect(await forged).toBeUndefined();
    for (const { ticket, userId } of issued) {
      const won = admissions.filter((each) => each.ticket === ticket && each.admission !== undefined);
      expect(won.map(({ admission }) => [admission?.connectionId, admission?.principal.userId])).toEqual([
        [ticket.connectionId, userId],
      ]);
    }
  });

  it('[T2] is worth nothing once it expired, with another connectionId, or after its session ended', async () => {
    const { browser } = await server.person();
    const expired = parsed(await ticketFor(browser));
    await server.dataSource.query(`UPDATE tickets SET expires_at = now() WHERE connection_id = $1`, [
      expired.connectionId,
    ]);
    expect(await office.redeem(expired)).toBeUndefined();
    const ticket = parsed(await ticketFor(browser));
    expect(await office.redeem({ ...ticket, connectionId: 'other' })).toBeUndefined();
    await browser.delete('/api/session');
    expect(await office.redeem(ticket)).toBeUndefined();
  });

  describe('[T5] hears that a session is over', () => {
    async function enter(at: TestServer): Promise<{ browser: Browser; sessionId: string }> {
      const { browser } = await at.person();
      const admission = await at.server.app.get(TicketOffice).redeem(parsed(await ticketFor(browser)));
      return { browser, sessionId: admission!.principal.sessionId };
    }

    function next(at: TestServer): Promise<string> {
      return firstValueFrom(at.server.app.get(SessionWatch).ended$);
    }

    it('after a sign-out, on every node', async () => {
      const other = await servers.open({}, server.databaseUrl);
      const { browser, sessionId } = await enter(server);
      const heard = Promise.all([next(server), next(other)]);
      await browser.delete('/api/session');
      expect(await heard).toEqual([sessionId, sessionId]);
    });

    it('after a new sign-in in the same browser', async () => {
      const { browser, sessionId } = await enter(server);
      const heard = next(server);
      await browser.post('/api/demo/session', { person: 'ann' });
      expect(await heard).toBe(sessionId);
    });

    it('when its time is over', async () => {
      const { sessionId } = await enter(server);
      const heard = next(server);
      await server.dataSource.query(`UPDATE sessions SET expire = now() WHERE sha256(sid::bytea) = decode($1, 'hex')`, [
        sessionId,
      ]);
      expect(await heard).toBe(sessionId);
    });

    it('also when the connection that listens was lost meanwhile', async () => {
      const { sessionId } = await enter(server);
      const watch = server.server.app.get(SessionWatch);
      const heard = next(server);
      // In one transaction with the lost connection, so that no announcement can get through.
      await server.dataSource.transaction(async (manager) => {
        await manager.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE application_name LIKE 'parley parley_session_ended' AND datname = current_database()`,
        );
        await manager.query('ALTER TABLE sessions DISABLE TRIGGER sessions_announce_end');
        await manager.query(`DELETE FROM sessions WHERE sha256(sid::bytea) = decode($1, 'hex')`, [sessionId]);
        await manager.query('ALTER TABLE sessions ENABLE TRIGGER sessions_announce_end');
      });
      expect(await heard).toBe(sessionId);
      expect(watch.listening).toBe(true);
      expect(watch.follow(sessionId)).toBe(false);
    });

    it('and says it once', async () => {
      const { browser, sessionId } = await enter(server);
      const enough = new Subject<void>();
      const all = firstValueFrom(server.server.app.get(SessionWatch).ended$.pipe(takeUntil(enough), toArray()));
      await browser.delete('/api/session');
      const { browser: second } = await enter(server);
      const heard = next(server);
      await second.delete('/api/session');
      await heard;
      enough.next();
      expect((await all).filter((id) => id === sessionId)).toHaveLength(1);
    });
  });
});
