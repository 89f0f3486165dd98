import { CloseCode, parseTicket, type Ticket } from '@parley/protocol';
import { createHash, randomBytes } from 'node:crypto';
import { HttpPerson, type ParleyServer, RawSocket, type Upgrade, socketUrl } from '@parley/harness';
import { World } from '@parley/harness/world';

const unknownTicket = `${'x'.repeat(22)}:${randomBytes(32).toString('base64url')}`;

describe('tickets and the upgrade', () => {
  let world: World;
  let other: ParleyServer;

  beforeAll(async () => {
    world = await World.start();
    other = await world.addServer();
  });

  afterEach(() => world.stillServes());

  afterAll(() => world.stop());

  function upgrade(ticket: string, headers?: Record<string, string>): Promise<Upgrade> {
    return RawSocket.upgrade(socketUrl(world.ann, ticket), headers);
  }

  async function close(upgrades: readonly Upgrade[]): Promise<void> {
    for (const { socket } of upgrades) await socket?.close();
  }

  it('[T1] gives a ticket of a connectionId and 256 random bits, that expires in 30 s', async () => {
    const before = Date.now();
    const first = await world.ann.ticket();
    const second = await world.ann.ticket();
    const after = Date.now();
    for (const { ticket, connectionId, expiresAt } of [first, second]) {
      const parsed = parseTicket(ticket);
      expect(parsed?.connectionId).toBe(connectionId);
      expect(Buffer.from(parsed?.authCode ?? '', 'base64url')).toHaveLength(32);
      expect(new Date(expiresAt).toISOString()).toBe(expiresAt);
      expect(Date.parse(expiresAt)).toBeGreaterThanOrEqual(before + 29_000);
      expect(Date.parse(expiresAt)).toBeLessThanOrEqual(after + 31_000);
    }
    expect(first.connectionId).not.toBe(second.connectionId);
    expect(parseTicket(first.ticket)?.authCode).not.toBe(parseTicket(second.ticket)?.authCode);
  });

  it('[T1] keeps only the hash of the authCode', async () => {
    const { ticket } = await world.ann.ticket();
    const authCode = parseTicket(ticket)?.authCode ?? '';
    const { rows } = await world.database.query<{ row: string; hash: string }>(
      `SELECT tickets::text AS row, encode(auth_code_hash, 'hex') AS hash FROM tickets`,
    );
    const hashes = [createHash('sha256').update(authCode).digest('hex')];
    hashes.push(createHash('sha256').update(Buffer.from(authCode, 'base64url')).digest('hex'));
    expect(rows.some(({ hash }) => hashes.includes(hash))).toBe(true);
    const plain = [authCode, Buffer.from(authCode, 'base64url').toString('hex')];
    expect(rows.filter(({ row }) => plain.some((text) => row.includes(text)))).toEqual([]);
  });

  it('[T1] gives no ticket without a session', async () => {
    const answer = await new HttpPerson(world.server).request('POST', '/api/ticket', {});
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('[T3] refuses an upgrade without a ticket with 400', async () => {
    const refused = await RawSocket.upgrade(world.server.socketUrl);
    expect(refused).toEqual({ status: 400, body: { code: 'malformed', message: expect.any(String) as string } });
  });

  it.each([
    ['no colon', 'abc'],
    ['no authCode', 'abc:'],
    ['a short authCode', 'abc:def'],
    ['a long authCode', `abc:${'A'.repeat(44)}`],
    ['characters of no base64url', `abc:${'日'.repeat(43)}`],
    ['a script', '<script>alert(1)</script>'],
    ['8 KiB', 'x'.repeat(8192)],
    ['control characters', `a\r\nb:${'A'.repeat(43)}`],
  ])('[T3] refuses a malformed ticket with 400: %s', async (_what, ticket) => {
    const refused = await upgrade(ticket);
    expect(refused).toEqual({ status: 400, body: { code: 'malformed', message: expect.any(String) as string } });
  });

  it('[T3] refuses an unknown ticket with 401', async () => {
    expect(await upgrade(unknownTicket)).toMatchObject({ status: 401, body: { code: 'bad-ticket' } });
  });

  it('[T3] refuses a known connectionId with another authCode with 401, and the ticket stays good', async () => {
    const ticket = await world.ann.ticket();
    const wrong = `${ticket.connectionId}:${randomBytes(32).toString('base64url')}`;
    expect(await upgrade(wrong)).toMatchObject({ status: 401, body: { code: 'bad-ticket' } });
    await (await RawSocket.connect(world.ann, ticket)).close();
  });

  it('[T3] refuses a known authCode with another connectionId with 401', async () => {
    const [mine, theirs] = [await world.ann.ticket(), await world.ben.ticket()];
    const crossed = `${theirs.connectionId}:${parseTicket(mine.ticket)?.authCode ?? ''}`;
    expect(await upgrade(crossed)).toMatchObject({ status: 401, body: { code: 'bad-ticket' } });
  });

  it('[T2] [T3] refuses a used ticket with 401, while its connection is open and after', async () => {
    const ticket = await world.ann.ticket();
    const socket = await RawSocket.connect(world.ann, ticket);
    expect(await upgrade(ticket.ticket)).toMatchObject({ status: 401, body: { code: 'bad-ticket' } });
    await socket.settled();
    await socket.close();
    expect(await upgrade(ticket.ticket)).toMatchObject({ status: 401, body: { code: 'bad-ticket' } });
  });

  it('[T2] of two upgrades that race with one ticket exactly one wins', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { ticket } = await world.ann.ticket();
      const upgrades = await Promise.all([upgrade(ticket), upgrade(ticket)]);
      expectOneWinner(upgrades);
      await close(upgrades);
    }
  });

  it('[T2] of two upgrades that race at two nodes exactly one wins', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { ticket } = await world.ann.ticket();
      const there = socketUrl(world.ann.at(other), ticket);
      const upgrades = await Promise.all([upgrade(ticket), RawSocket.upgrade(there)]);
      expectOneWinner(upgrades);
      await close(upgrades);
    }
  });

  it('[T2] [T3] refuses an expired ticket with 401', async () => {
    const ticket: Ticket = await world.ann.ticket();
    const { rowCount } = await world.database.query(
      `UPDATE tickets SET expires_at = expires_at - interval '31 seconds' WHERE connection_id = $1`,
      [ticket.connectionId],
    );
    expect(rowCount).toBe(1);
    expect(await upgrade(ticket.ticket)).toMatchObject({ status: 401, body: { code: 'bad-ticket' } });
  });

  it('[T2] refuses a ticket whose session ended meanwhile', async () => {
    const away = await world.ann.elsewhere();
    const { ticket } = await away.ticket();
    await away.signOut();
    expect(await upgrade(ticket)).toMatchObject({ status: 401, body: { code: 'bad-ticket' } });
  });

  it.each(['https://elsewhere.example.org', 'null', 'http://127.0.0.1:1', 'not an origin'])(
    '[T3] refuses a foreign Origin with 403 and does not spend the ticket: %s',
    async (origin) => {
      const ticket = await world.ann.ticket();
      const refused = await upgrade(ticket.ticket, { origin });
      expect(refused).toMatchObject({ status: 403, body: { code: 'bad-origin' } });
      const own = await upgrade(ticket.ticket, { origin: world.server.url });
      expect(own.socket).toBeDefined();
      await close([own]);
    },
  );

  it('[T3] [F4] refuses a user’s eleventh connection with 429, and takes it when another is closed', async () => {
    const many = await HttpPerson.register(world.server, 'Many tabs');
    const open = await Promise.all(Array.from({ length: 10 }, () => RawSocket.connect(many)));
    const refused = await upgrade((await many.ticket()).ticket);
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-connections' } });
    await Promise.all(open.map((socket) => socket.settled()));
    await open.pop()?.close();
    open.push(await RawSocket.connect(many));
    await Promise.all(open.map((socket) => socket.close()));
  });

  it('refuses an upgrade anywhere else, and any other method at /sock, without harm', async () => {
    const { ticket } = await world.ann.ticket();
    const elsewhere = `${world.server.url.replace('http', 'ws')}/socket?ticket=${ticket}`;
    expect(await RawSocket.upgrade(elsewhere)).toMatchObject({ status: 404 });
    const plain = await world.ann.request('GET', `/sock?ticket=${encodeURIComponent(ticket)}`);
    expect(plain.status).toBeGreaterThanOrEqual(400);
    expect(plain.status).toBeLessThan(500);
  });

  it('[T4] answers a resume that it cannot grant with a ticket for a new id', async () => {
    const socket = await RawSocket.connect(world.ben);
    for (const resume of ['unknown', socket.connectionId]) {
      const { status, body } = await world.ann.request('POST', '/api/ticket', { resume });
      expect(status).toBe(200);
      expect(body).not.toMatchObject({ connectionId: resume });
    }
    await socket.settled();
    await socket.close();
  });

  it('[T5] signing out closes the session’s sockets with 4401, at every node, and no other', async () => {
    const away = await world.ann.elsewhere();
    const [here, there, mine] = await Promise.all([
      RawSocket.connect(away),
      RawSocket.connect(away.at(other)),
      RawSocket.connect(world.ann),
    ]);
    await away.signOut();
    expect((await here.closed()).code).toBe(CloseCode.sessionEnded);
    expect((await there.closed()).code).toBe(CloseCode.sessionEnded);
    await mine.settled();
    await mine.close();
    expect((await away.request('POST', '/api/ticket', {})).status).toBe(401);
  });

  it('[T5] a session that is removed closes its sockets with 4401', async () => {
    const away = await HttpPerson.register(world.server, 'Removed');
    const socket = await RawSocket.connect(away);
    await world.database.query(`DELETE FROM sessions WHERE sess::text LIKE '%' || $1 || '%'`, [away.userId]);
    expect((await socket.closed()).code).toBe(CloseCode.sessionEnded);
  });

  it('[T5] a session that expires closes its sockets with 4401', async () => {
    const away = await HttpPerson.register(world.server, 'Expired');
    const socket = await RawSocket.connect(away);
    await world.database.query(
      `UPDATE sessions SET expire = now() - interval '1 second' WHERE sess::text LIKE '%' || $1 || '%'`,
      [away.userId],
    );
    expect((await socket.closed()).code).toBe(CloseCode.sessionEnded);
  });
});

function expectOneWinner(upgrades: readonly Upgrade[]): void {
  const refused = upgrades.filter((upgrade) => upgrade.socket === undefined);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatchObject({ status: 401, body: { code: 'bad-ticket' } });
}
