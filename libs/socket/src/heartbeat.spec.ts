import { defaultLimits } from '@parley/protocol';
import { NEVER } from 'rxjs';
import { Connection } from './connection';
import { Connections } from './connections';
import { Heartbeat } from './heartbeat';
import { Flusher, Outbox } from './outbox';
import { SessionEnds } from './ports';
import { FakeSocket } from './testing/fake-socket';

const COUNT = 500;
const HALF_AN_HOUR = 30 * 60_000;
const { heartbeatMs } = defaultLimits;

class NobodyEnds extends SessionEnds {
  override readonly ended$ = NEVER;
}

/** When each of those that came at once was asked, in milliseconds since then. */
function askedWithin(time: number): ReadonlyMap<string, readonly number[]> {
  const connections = new Connections(new NobodyEnds());
  const heartbeat = new Heartbeat(connections, { limits: defaultLimits, origins: [] });
  const asked = new Map<string, number[]>();
  const cameAt = performance.now();
  for (let number = 0; number < COUNT; number += 1) {
    const connection = member(`c${number}`);
    const times: number[] = [];
    asked.set(connection.id, times);
    connection.send = () => {
      connection.lastHeard = performance.now();
      times.push(connection.lastHeard - cameAt);
    };
    connections.add(connection);
  }
  heartbeat.onApplicationBootstrap();
  jest.advanceTimersByTime(time);
  heartbeat.onApplicationShutdown();
  return asked;
}

/** The most that were asked at the same time. */
function mostAtOnce(asked: ReadonlyMap<string, readonly number[]>, since = 0): number {
  const atOnce = new Map<number, number>();
  for (const time of [...asked.values()].flat()) if (time >= since) atOnce.set(time, (atOnce.get(time) ?? 0) + 1);
  return Math.max(...atOnce.values());
}

describe('Heartbeat', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  it('[L3] asks everyone within a heartbeat, and again after each', () => {
    const asked = askedWithin(3 * heartbeatMs);
    expect(asked.size).toBe(COUNT);
    for (const times of asked.values()) {
      const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
      expect(gaps.length).toBeGreaterThanOrEqual(3);
      expect(gaps[0]).toBeGreaterThanOrEqual(heartbeatMs / 2);
      // A look every 200 ms finds who has become due since the last.
      for (const gap of gaps) expect(gap).toBeLessThanOrEqual(heartbeatMs + 200);
      // Up to a second early.
      for (const gap of gaps.slice(1)) expect(gap).toBeGreaterThanOrEqual(heartbeatMs - 1_000);
    }
  });

  it('[L3] does not ask those at once who came at once', () => {
    // Eight of 500 on average; 50 is beyond ten times their spread.
    expect(mostAtOnce(askedWithin(3 * heartbeatMs))).toBeLessThan(50);
  });

  it('[L3] does not go on asking those at once who were asked at once', () => {
    // None comes early at first, so that all are asked in the same look.
    const random = jest.spyOn(Math, 'random').mockReturnValue(0);
    for (let number = 0; number < COUNT; number += 1) random.mockReturnValueOnce(0);
    random.mockImplementation(seeded());
    const asked = askedWithin(HALF_AN_HOUR);
    expect(mostAtOnce(asked)).toBe(COUNT);
    expect(mostAtOnce(asked, HALF_AN_HOUR - 2 * heartbeatMs)).toBeLessThan(COUNT / 5);
  });
});

/** Numbers from 0 to 1, always the same (a linear congruence of Numerical Recipes, 2nd edition). */
function seeded(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

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
