import { CloseCode } from '@parley/protocol';
import { RawSocket, socketUrl } from '@parley/harness';
import { World } from '@parley/harness/world';

const spreadMs = 2_000;

describe('a server that is asked to stop', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start({ LIMIT_DRAIN_SPREAD_MS: String(spreadMs), LIMIT_CONNECTIONS_PER_USER: '100' });
  });

  afterEach(() => world.stop());

  it('[L4] tells each connection a delay of its own, and closes with 1012 afterwards', async () => {
    const sockets = await Promise.all(Array.from({ length: 20 }, () => RawSocket.connect(world.ann)));
    const ended = world.server.stop();
    const delays: number[] = [];
    for (const socket of sockets) {
      const [drain] = await socket.count('drain', 1);
      expect(drain).toMatchObject({ sender: null, payload: { reconnectIn: expect.any(Number) as number } });
      expect(drain?.topic).toBeUndefined();
      delays.push(drain?.payload.reconnectIn as number);
      expect((await socket.closed()).code).toBe(CloseCode.restarting);
    }
    expect(await ended).toBe(0);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThanOrEqual(spreadMs);
    expect(new Set(delays).size).toBeGreaterThan(10);
  });

  it('[L4] [T3] takes nobody in while it finishes what it has, and acknowledges that', async () => {
    const { topic } = world;
    const [ann, late] = [await RawSocket.connect(world.ann), await world.ben.ticket()];
    await ann.subscribe(topic);
    const blocker = await world.database.connect();
    let ended: Promise<number | string>;
    try {
      // Nothing can be stored until this ends, so the server cannot finish.
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE topic_messages IN ACCESS EXCLUSIVE MODE');
      ann.send({ action: 'message', topic, store: true, id: 'under-way', payload: { text: 'café 日本語' } });
      await ann.settled();
      ended = world.server.stop();
      await ann.count('drain', 1);
      expect((await world.ben.request('POST', '/api/ticket', {})).status).toBe(503);
      const upgrade = await RawSocket.upgrade(socketUrl(world.ben, late.ticket));
      expect(upgrade).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(ann.of('ack')).toEqual([]);
    } finally {
      await blocker.query('COMMIT');
      blocker.release();
    }
    const [ack] = await ann.count('ack', 1);
    expect(ack?.payload).toMatchObject({ id: 'under-way', seq: 1 });
    expect((await ann.closed()).code).toBe(CloseCode.restarting);
    expect(await ended).toBe(0);
  });

  it('[L4] [P2] [H3] under load: every ack is in the table, under its number', async () => {
    const { topic } = world;
    const sockets = await Promise.all(
      [world.ann, world.ben, world.ann, world.ben].map((person) => RawSocket.connect(person)),
    );
    await Promise.all(sockets.map((socket) => socket.subscribe(topic)));
    let number = 0;
    const timer = setInterval(() => {
      for (const [index, socket] of sockets.entries()) {
        if (!socket.isOpen) continue;
        number += 1;
        socket.send({ action: 'message', topic, store: true, id: `m${index}-${number}`, payload: { number } });
      }
    }, 20);
    try {
      for (const socket of sockets) await socket.count('ack', 20);
      expect(await world.server.stop()).toBe(0);
      for (const socket of sockets) expect((await socket.closed()).code).toBe(CloseCode.restarting);
    } finally {
      clearInterval(timer);
    }
    const { rows } = await world.database.query<{ client_id: string; seq: string }>(
      'SELECT client_id, seq FROM topic_messages WHERE topic = $1',
      [topic],
    );
    const stored = new Map(rows.map(({ client_id: id, seq }) => [id, Number(seq)]));
    const acks = sockets.flatMap((socket) => socket.of('ack'));
    expect(acks.length).toBeGreaterThanOrEqual(80);
    for (const { payload } of acks) expect(stored.get(payload.id as string)).toBe(payload.seq);
  });
});
