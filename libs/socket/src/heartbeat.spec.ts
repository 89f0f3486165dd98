import { defaultLimits } from '@parley/protocol';
import { NEVER } from 'rxjs';
import { Connection } from './connection';
import { Connections } from './connections';
import { Heartbeat } from './heartbeat';
import { Flusher, Outbox } from './outbox';
import { SessionEnds } from './ports';
import { FakeSocket } from './testing/fake-socket';

const COUNT = 500;
const { heartbeatMs } = defaultLimits;

class NobodyEnds extends SessionEnds {
  override readonly ended$ = NEVER;
}

describe('Heartbeat', () => {
  const connections = new Connections(new NobodyEnds());
  const heartbeat = new Heartbeat(connections, { limits: defaultLimits, origins: [] });
  /** When each was asked, in milliseconds since all came. */
  const asked = new Map<string, number[]>();

  beforeAll(() => {
    jest.useFakeTimers();
    const cameAt = performance.now();
    for (let number = 0; number < COUNT; number += 1) {
      const connection = member(`c${number}`);
      jest.spyOn(connection, 'send').mockImplementation(() => {
        const now = performance.now();
        asked.set(connection.id, [...(asked.get(connection.id) ?? []), now - cameAt]);
        connection.lastHeard = now;
      });
      connections.add(connection);
    }
    heartbeat.onApplicationBootstrap();
    jest.advanceTimersByTime(3 * heartbeatMs);
  });

  afterAll(() => {
    heartbeat.onApplicationShutdown();
    jest.useRealTimers();
  });

  it('[L3] asks everyone within a heartbeat, and again after each', () => {
    expect(asked.size).toBe(COUNT);
    for (const times of asked.values()) {
      const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
      expect(gaps.length).toBeGreaterThanOrEqual(3);
      expect(gaps[0]).toBeGreaterThanOrEqual(heartbeatMs / 2);
      // A look every 200 ms finds who has become due since the last.
      for (const gap of gaps) expect(gap).toBeLessThanOrEqual(heartbeatMs + 200);
      for (const gap of gaps.slice(1)) expect(gap).toBeGreaterThanOrEqual(heartbeatMs);
    }
  });

  it('[L3] does not ask those at once who came at once', () => {
    const atOnce = new Map<number, number>();
    for (const time of [...asked.values()].flat()) atOnce.set(time, (atOnce.get(time) ?? 0) + 1);
    // Eight of 500 on average; 50 is beyond ten times their spread.
    expect(Math.max(...atOnce.values())).toBeLessThan(50);
  });
});

function member(id: string): Connection {
  const webSocket = {
    readyState: 1 as const,
    OPEN: 1 as const,
    close: () => undefined,
    resume: () => undefined,
    terminate: () => undefined,
  };
  const outbox = new Outbox(new FakeSocket(100), new Flusher(), defaultLimits.outboxBytes);
  return new Connection(id, { userId: id, name: id, sessionId: id }, webSocket, outbox, defaultLimits);
}
