import { defaultLimits } from '@parley/protocol';
import { Subject } from 'rxjs';
import { Absences } from './absences';
import type { Connection } from './connection';
import { SessionEnds } from './ports';
import type { TopicRoom } from './topic-room';

const graceMs = 30_000;
const principal = { userId: 'ben', name: 'Ben', sessionId: 'session-of-ben' };

class Endings extends SessionEnds {
  readonly ended$ = new Subject<string>();
}

describe('[T4] [U3] Absences', () => {
  let absences: Absences;
  let endings: Endings;
  let departed: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    endings = new Endings();
    departed = [];
    absences = new Absences(endings, { limits: { ...defaultLimits, graceMs }, origins: [] });
    absences.onModuleInit();
  });

  afterEach(() => {
    absences.onApplicationShutdown();
    jest.useRealTimers();
  });

  function room(name: string): TopicRoom {
    return { name, depart: () => departed.push(name) } as unknown as TopicRoom;
  }

  function lose(...rooms: readonly TopicRoom[]): void {
    const subscriptions = new Map(rooms.map((each) => [each.name, each]));
    absences.begin({ id: 'c', principal, subscriptions } as unknown as Connection);
  }

  it('end when the grace period does', () => {
    lose(room('a'));
    jest.advanceTimersByTime(graceMs - 1);
    expect([absences.holds('c', principal.sessionId), departed]).toEqual([true, []]);
    jest.advanceTimersByTime(1);
    expect([absences.holds('c', principal.sessionId), departed]).toEqual([false, ['a']]);
  });

  it('last as long again for who resumed late, to subscribe again', () => {
    const [a, b] = [room('a'), room('b')];
    lose(a, b);
    jest.advanceTimersByTime(graceMs - 1);
    expect(absences.resume('c')).toBe(true);
    jest.advanceTimersByTime(graceMs - 1);
    absences.arrive('c', a);
    expect(departed).toEqual([]);
    jest.advanceTimersByTime(2);
    expect(departed).toEqual(['b']);
  });

  it('do not begin anew, in topics to which one did not come back, when the next socket is lost', () => {
    const [a, b] = [room('a'), room('b')];
    lose(a, b);
    jest.advanceTimersByTime(graceMs - 1);
    absences.resume('c');
    absences.arrive('c', a);
    lose(a);
    jest.advanceTimersByTime(1);
    expect(departed).toEqual(['b']);
    jest.advanceTimersByTime(graceMs);
    expect(departed).toEqual(['b', 'a']);
  });

  it('are nothing to resume when they are over, or never were', () => {
    expect(absences.resume('c')).toBe(false);
    lose(room('a'));
    jest.advanceTimersByTime(graceMs);
    expect(absences.resume('c')).toBe(false);
    expect(departed).toEqual(['a']);
  });

  it('[T5] are their session’s alone, and end with it', () => {
    lose(room('a'));
    expect(absences.holds('c', 'session-of-cleo')).toBe(false);
    endings.ended$.next('session-of-cleo');
    expect(departed).toEqual([]);
    endings.ended$.next(principal.sessionId);
    expect([absences.holds('c', principal.sessionId), departed]).toEqual([false, ['a']]);
  });
});
