import { CloseCode } from '@parley/protocol';
import { RawSocket, socketUrl } from '@parley/harness';
import { World } from '@parley/harness/world';

describe('the rate limit', () => {
  let world: World;
  let topic: string;
  let ann: RawSocket;
  let ben: RawSocket;

  beforeAll(async () => {
    // A bucket that practically never refills within a test, so that what fits is exact.
    world = await World.start({
      LIMIT_MESSAGE_BURST: '20',
      LIMIT_MESSAGES_PER_SECOND: '1',
      LIMIT_VOLATILE_BURST: '5',
      LIMIT_VOLATILE_PER_SECOND: '1',
      LIMIT_RATE_VIOLATIONS: '50',
    });
  });

  beforeEach(async () => {
    topic = await world.freshTopic();
    [ann, ben] = await Promise.all([RawSocket.connect(world.ann), RawSocket.connect(world.ben)]);
    await Promise.all([ann.subscribe(topic), ben.subscribe(topic)]);
  });

  afterEach(async () => {
    await Promise.all([ann, ben].filter((socket) => socket.isOpen).map((socket) => socket.close()));
    await world.stillServes();
  });

  afterAll(() => world.stop());

  it('[L1] refuses what is over it with a time to wait, and does not process it', async () => {
    for (let number = 0; number < 40; number += 1) {
      ann.send({ action: 'message', topic, store: true, payload: { number }, id: `m${number}` });
    }
    const errors = await ann.next(({ id }) => id === 'm39', 'the answer to the last').then(() => ann.of('error'));
    expect(errors[0]?.payload).toMatchObject({ code: 'rate-limited' });
    expect(errors[0]?.payload.retryAfter).toBeGreaterThan(0);
    const refused = new Set(errors.map(({ payload }) => payload.id));
    expect(refused.size).toBe(errors.length);
    const acks = await ann.count('ack', 40 - errors.length);
    expect(acks.length).toBeGreaterThanOrEqual(19);
    expect(acks.length).toBeLessThan(40);
    const got = await ben.count('message', acks.length);
    for (const { id } of got) expect(refused.has(id)).toBe(false);
    const { rows } = await world.database.query('SELECT FROM topic_messages WHERE topic = $1', [topic]);
    expect(rows).toHaveLength(acks.length);
  });

  it('[L1] counts volatile messages apart', async () => {
    for (let number = 0; number < 30; number += 1) {
      ann.send({ action: 'typing', topic, volatile: true, payload: { number } });
    }
    const ack = await ann.ask({ action: 'message', topic, payload: { text: 'still allowed' } });
    expect(ack.type).toBe('ack');
    expect(ann.of('error').length).toBeGreaterThan(0);
    expect(ben.of('typing').length).toBeLessThan(30);
  });

  it('[L1] does not slow another connection, not even of the same user', async () => {
    const secondTab = await RawSocket.connect(world.ann);
    await secondTab.subscribe(topic);
    for (let number = 0; number < 40; number += 1) ann.send({ action: 'note', topic, payload: { number } });
    expect((await secondTab.ask({ action: 'note', topic })).type).toBe('ack');
    expect((await ben.ask({ action: 'note', topic })).type).toBe('ack');
    await secondTab.close();
  });

  it('[L1] serves again after the time that it named', async () => {
    for (let number = 0; number < 25; number += 1) ann.send({ action: 'note', topic, payload: { number } });
    const [error] = await ann.count('error', 1);
    const retryAfter = error?.payload.retryAfter as number;
    const started = performance.now();
    for (;;) {
      const { type } = await ann.ask({ action: 'note', topic, payload: null });
      if (type === 'ack') break;
      await new Promise((resolve) => setTimeout(resolve, Math.max(10, retryAfter - (performance.now() - started))));
    }
  });

  it('[L1] closes with 4429 who keeps on', async () => {
    for (let number = 0; number < 200; number += 1) ann.send({ action: 'note', topic, payload: { number } });
    expect((await ann.closed()).code).toBe(CloseCode.rateLimited);
    expect((await ben.ask({ action: 'note', topic })).type).toBe('ack');
  });
});

describe('the heartbeat', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({
      LIMIT_HEARTBEAT_MS: '400',
      LIMIT_PONG_TIMEOUT_MS: '400',
      LIMIT_GRACE_MS: '300',
    });
  });

  afterAll(() => world.stop());

  it('[L3] pings, keeps who answers, and ends who does not', async () => {
    const [answering, silent] = await Promise.all([RawSocket.connect(world.ann), RawSocket.connect(world.ben)]);
    for (let round = 1; round <= 3; round += 1) {
      const ping = (await answering.count('ping', round))[round - 1];
      expect(ping).toMatchObject({ type: 'ping', sender: null });
      expect(ping?.topic).toBeUndefined();
      answering.send({ action: 'pong' });
    }
    expect((await silent.closed()).code).toBe(1006);
    expect(silent.of('ping').length).toBeGreaterThan(0);
    await answering.settled();
    await answering.close();
    await world.stillServes();
  });

  it('[U2] [L3] who fell silent has left', async () => {
    const answering = await RawSocket.connect(world.ann);
    const keepAlive = setInterval(() => answering.isOpen && answering.send({ action: 'pong' }), 100);
    try {
      await answering.subscribe(world.topic);
      const silent = await RawSocket.connect(world.ben);
      await silent.subscribe(world.topic);
      await answering.count('subscriber', 1);
      await silent.closed();
      await answering.count('unsubscriber', 1);
    } finally {
      clearInterval(keepAlive);
      await answering.close();
    }
  });
});

describe('a server that is full, and then stops', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ LIMIT_CONNECTIONS: '2', TICKETS_PER_MINUTE: '40' });
  });

  afterAll(() => world.stop());

  it('[T3] refuses with 503 when it is full, and takes the next when there is room', async () => {
    const open = await Promise.all([RawSocket.connect(world.ann), RawSocket.connect(world.ben)]);
    const { ticket } = await world.cleo.ticket();
    const refused = await RawSocket.upgrade(socketUrl(world.cleo, ticket));
    expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    for (const socket of open) await socket.settled();
    await Promise.all(open.map((socket) => socket.close()));
    await world.stillServes();
  });

  it('[T1] paces the tickets of one session, and of no other', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => world.cleo.request('POST', '/api/ticket', {})));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(40);
    for (const { status, headers } of refused) {
      expect(status).toBe(429);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await world.stillServes();
  });

  it('closes every connection with 1012 and ends with exit code 0, everything acknowledged stored', async () => {
    const ann = await RawSocket.connect(world.ann);
    await ann.subscribe(world.topic);
    for (let number = 0; number < 60; number += 1) {
      ann.send({ action: 'message', topic: world.topic, store: true, payload: { number }, id: `m${number}` });
    }
    await ann.count('ack', 10);
    const ended = world.server.stop();
    expect((await ann.closed()).code).toBe(CloseCode.restarting);
    expect(await ended).toBe(0);
    const { rows } = await world.database.query<{ client_id: string }>('SELECT client_id FROM topic_messages');
    const stored = new Set(rows.map(({ client_id }) => client_id));
    for (const { id } of ann.of('ack')) expect(stored).toContain(id);
  });
});
