import { CloseCode } from '@parley/protocol';
import { Admissions } from './admissions';
import { Connections } from './connections';
import { startEngine } from './testing';

const topic = 'room/text:1';

describe('shutdown', () => {
  it('[L4] tells everyone when to come back, spread as configured, writes what was taken, and closes with 1012', async () => {
    const drainSpreadMs = 800;
    const engine = await startEngine(() => true, { drainSpreadMs, connectionsPerUser: 100 });
    const clients = await Promise.all(Array.from({ length: 40 }, () => engine.connect('ann')));
    const [first] = clients;
    first?.send({ action: 'subscribe', topic });
    await first?.nextOf('subscribe');
    let commit = (): void => undefined;
    engine.log.gate = new Promise((resolve) => (commit = resolve));
    first?.send({ action: 'note', topic, id: 'last', store: true, payload: 1 });
    await first?.settled();
    const admissions = engine.app.get(Admissions, { strict: false });
    expect(admissions.draining).toBe(false);
    const closed = engine.close();
    const told = await Promise.all(clients.map(async (client) => (await client.nextOf('drain')).payload.reconnectIn));
    expect(admissions.draining).toBe(true);
    // What still comes is neither answered nor stored, also when the server reads it before it closes.
    const connection = engine.app.get(Connections, { strict: false }).find(first?.connectionId ?? '');
    const heard = connection?.lastHeard;
    first?.send({ action: 'note', topic, id: 'too-late', store: true, payload: 2 });
    while (connection?.lastHeard === heard) await new Promise((resolve) => setImmediate(resolve));
    commit();
    expect((await first?.answerTo('last'))?.payload).toMatchObject({ seq: 1 });
    for (const client of clients) expect((await client.closed()).code).toBe(CloseCode.restarting);
    await closed;
    const times = told.map(Number);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...times)).toBeLessThanOrEqual(drainSpreadMs);
    // Of forty, as good as never less than ten different ones; one and the same would be a stampede.
    expect(new Set(times).size).toBeGreaterThan(10);
    expect(engine.log.messages).toHaveLength(1);
    expect(first?.seen.filter(({ id }) => id === 'too-late')).toEqual([]);
  });
});
