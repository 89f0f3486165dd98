import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { CloseCode } from '@parley/protocol';
import { RawClient, startEngine, type TestEngine } from './testing';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An upgrade as a browser would ask for it, answered with a status instead of a socket. */
function upgrade(origin: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${origin}${path}`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    });
    request.on('upgrade', (_, socket) => {
      socket.destroy();
      resolve({ status: 101, body: undefined });
    });
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: body === '' ? undefined : JSON.parse(body) });
      });
    });
    request.on('error', reject);
    request.end();
  });
}

describe('the upgrade', () => {
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startEngine(() => true, { connectionsPerUser: 2, connections: 4 });
  });

  afterEach(async () => {
    const still = await engine.connect('last');
    await still.settled();
    await engine.close();
  });

  const sock = (ticket: string): string => `/sock?ticket=${encodeURIComponent(ticket)}`;

  it.each(['/sock', '/sock?ticket=', '/sock?ticket=a', '/sock?ticket=a:b', '/sock?ticket=%00:%ff'])(
    '[T3] answers 400 to %s',
    async (path) => {
      expect(await upgrade(engine.origin, path)).toEqual({
        status: 400,
        body: { code: 'malformed', message: expect.any(String) as string },
      });
    },
  );

  it('[T3] answers 401 to a ticket that is unknown', async () => {
    expect(await upgrade(engine.origin, sock(`x:${'a'.repeat(43)}`))).toMatchObject({
      status: 401,
      body: { code: 'bad-ticket' },
    });
  });

  it.each([
    (ticket: string) => `/sock?ticket=${ticket}`,
    (ticket: string) => `/sock?ticket=${encodeURIComponent(ticket)}`,
    (ticket: string) => `/sock?ticket=${ticket.replace(':', '%3a')}`,
    (ticket: string) => `/sock?a=b&ticket=${ticket}&ticket=second`,
    (ticket: string) => `/sock?ticket=%${ticket.charCodeAt(0).toString(16)}${ticket.slice(1)}`,
  ])('[T2] takes the ticket however the address is written: %s', async (written) => {
    const { ticket } = engine.tickets.issue('ann');
    expect((await upgrade(engine.origin, written(ticket))).status).toBe(101);
  });

  it('[T2] [T3] takes a ticket once, also when two come at the same time', async () => {
    const { ticket } = engine.tickets.issue('ann');
    const answers = await Promise.all([upgrade(engine.origin, sock(ticket)), upgrade(engine.origin, sock(ticket))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([101, 401]);
    expect((await upgrade(engine.origin, sock(ticket))).status).toBe(401);
  });

  it.each(['https://evil.example.org', 'null', 'http://127.0.0.1:1', 'not an origin'])(
    '[T3] answers 403 to the Origin %s, and the ticket stays good',
    async (origin) => {
      const { ticket } = engine.tickets.issue('ann');
      expect(await upgrade(engine.origin, sock(ticket), { origin })).toMatchObject({
        status: 403,
        body: { code: 'bad-origin' },
      });
      expect((await upgrade(engine.origin, sock(ticket))).status).toBe(101);
    },
  );

  it('[T3] lets its own Origin in, and those it was told of', async () => {
    for (const origin of [engine.origin, 'https://friend.example.org']) {
      expect((await upgrade(engine.origin, sock(engine.tickets.issue('ann').ticket), { origin })).status).toBe(101);
    }
  });

  it('[T3] [F4] answers 429 to one connection too many of a user, and not to another user', async () => {
    const clients = await Promise.all([engine.connect('ann'), engine.connect('ann')]);
    expect(await upgrade(engine.origin, sock(engine.tickets.issue('ann').ticket))).toMatchObject({
      status: 429,
      body: { code: 'too-many-connections' },
    });
    const ben = await engine.connect('ben');
    await ben.settled();
    for (const client of [...clients, ben]) client.close();
    await Promise.all([...clients, ben].map((client) => client.closed()));
  });

  it('[T3] answers 503 when it is full', async () => {
    const clients = await Promise.all(['a', 'b', 'c', 'd'].map((user) => engine.connect(user)));
    expect(await upgrade(engine.origin, sock(engine.tickets.issue('e').ticket))).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
    });
    for (const client of clients) client.close();
    await Promise.all(clients.map((client) => client.closed()));
  });

  it('answers 404 where no socket is, and 400 to what is no handshake', async () => {
    expect((await upgrade(engine.origin, '/other')).status).toBe(404);
    const { ticket } = engine.tickets.issue('ann');
    expect((await upgrade(engine.origin, sock(ticket), { 'sec-websocket-version': '7' })).status).toBe(400);
  });

  it('survives a peer that hangs up in the middle of the handshake', async () => {
    const { ticket } = engine.tickets.issue('ann');
    const port = Number(new URL(engine.origin).port);
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve) => {
      socket.write(
        `GET ${sock(ticket)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
        () => {
          socket.resetAndDestroy();
          resolve();
        },
      );
    });
  });

  it('[T5] closes the sockets of a session that ended with 4401, and only those', async () => {
    const ann = await engine.connect('ann');
    const ben = await engine.connect('ben');
    engine.sessionEnds.next('session-of-ann');
    expect((await ann.closed()).code).toBe(CloseCode.sessionEnded);
    await ben.settled();
    ben.close();
  });

  it('[T5] closes a socket whose session ended while it was upgraded', async () => {
    const { ticket } = engine.tickets.issue('ann');
    engine.sessionEnds.next('session-of-ann');
    const late = await RawClient.open(`${engine.origin.replace('http', 'ws')}${sock(ticket)}`);
    expect((await late.closed()).code).toBe(CloseCode.sessionEnded);
  });
});

describe('the end of the server', () => {
  it('[L4] closes with 1012 and writes what it had acknowledged', async () => {
    const engine = await startEngine(() => true);
    const ann = await engine.connect('ann');
    ann.send({ action: 'subscribe', topic: 'room/text:1' });
    ann.send({ action: 'message', topic: 'room/text:1', store: true, id: 'last', payload: 1 });
    await ann.answerTo('last');
    await engine.close();
    expect((await ann.closed()).code).toBe(CloseCode.restarting);
    expect(engine.log.messages.map(({ id }) => id)).toEqual(['last']);
  });

  it('[L4] lets nobody in, takes nothing more, and tells everyone what it had taken before it says goodbye', async () => {
    const engine = await startEngine(() => true, { messagesPerSecond: 1_000, messageBurst: 1_000 });
    const topic = 'room/text:1';
    const [ann, ben] = await Promise.all([engine.connect('ann'), engine.connect('ben')]);
    for (const client of [ann, ben]) {
      client.send({ action: 'subscribe', topic });
      await client.nextOf('subscribe');
    }
    let commit = (): void => undefined;
    engine.log.gate = new Promise((resolve) => (commit = resolve));
    for (let number = 0; number < 20; number += 1)
      ann.send({ action: 'note', topic, store: true, id: `n${number}`, payload: number });
    await ann.settled();
    const closed = engine.close();
    const late = await upgrade(
      engine.origin,
      `/sock?ticket=${encodeURIComponent(engine.tickets.issue('late').ticket)}`,
    );
    expect(late.status).toBe(503);
    ann.send({ action: 'note', topic, store: true, id: 'late', payload: 'late' });
    commit();
    await closed;
    expect((await ben.closed()).code).toBe(CloseCode.restarting);
    expect(ann.of('ack')).toHaveLength(20);
    expect(ben.of('note')).toHaveLength(20);
    expect(engine.log.messages).toHaveLength(20);
  });
});
