import { clock, meetingTime, nextTick, type MeetingTimes } from './meeting-clock';

const times: MeetingTimes = {
  startsAt: '2026-11-03T10:00:00.000Z',
  endsAt: '2026-11-03T11:00:00.000Z',
  openedAt: null,
  endedAt: null,
};

function at(instant: string, more: Partial<MeetingTimes> = {}): string {
  const { phase, text } = meetingTime({ ...times, ...more }, Date.parse(instant));
  return `${phase}: ${text}`;
}

describe('meeting time', () => {
  it.each([
    ['2026-10-30T10:00:00Z', 'early: Starts in 4 days'],
    ['2026-11-02T09:00:00Z', 'early: Starts in 1 day'],
    ['2026-11-03T07:30:00Z', 'early: Starts in 2 h 30 min'],
    ['2026-11-03T08:00:00Z', 'early: Starts in 2 h'],
    ['2026-11-03T09:00:00Z', 'early: Starts in 1 h'],
    ['2026-11-03T09:15:30Z', 'early: Starts in 45 min'],
    ['2026-11-03T09:50:00Z', 'early: Starts in 10:00'],
    ['2026-11-03T09:59:59.200Z', 'early: Starts in 0:01'],
    ['2026-11-03T10:00:00Z', 'on: 0:00'],
    ['2026-11-03T10:59:59Z', 'on: 59:59'],
    ['2026-11-03T11:00:30Z', 'over: 1:00:30 · time is up'],
    ['2026-11-03T11:05:00Z', 'over: 1:05:00 · 5 min over'],
    ['2026-11-03T12:05:00Z', 'ended: Ended 1 h ago'],
    ['2026-11-05T12:05:00Z', 'ended: Ended 2 days ago'],
    ['2026-11-24T12:05:00Z', 'ended: Ended 3 weeks ago'],
    ['2027-11-03T12:05:00Z', 'ended: Ended 12 months ago'],
    ['2029-11-03T12:05:00Z', 'ended: Ended 3 years ago'],
  ])('at %s reads %s', (instant, expected) => {
    expect(at(instant)).toBe(expected);
  });

  it('counts from when the first person entered, and not from before the start', () => {
    expect(at('2026-11-03T10:20:00Z', { openedAt: '2026-11-03T10:15:00.000Z' })).toBe('on: 5:00');
    expect(at('2026-11-03T10:20:00Z', { openedAt: '2026-11-03T09:15:00.000Z' })).toBe('on: 20:00');
  });

  it('follows the one who ended it', () => {
    expect(at('2026-11-03T10:20:00Z', { endedAt: '2026-11-03T10:19:30.000Z' })).toBe('ended: Ended just now');
    expect(at('2026-11-03T10:25:00Z', { endedAt: '2026-11-03T10:19:30.000Z' })).toBe('ended: Ended 5 min ago');
  });

  it('ticks when the text changes, and rarely when that is far off', () => {
    expect(nextTick(times, Date.parse('2026-11-03T10:20:00.250Z'))).toBe(750);
    expect(nextTick(times, Date.parse('2026-11-03T07:20:45.000Z'))).toBe(15_000);
    expect(nextTick(times, Date.parse('2026-12-03T07:20:00.000Z'))).toBe(60_000);
  });

  it('writes a duration as a clock does', () => {
    expect([0, 59_999, 60_000, 3_600_000, 36_000_000].map(clock)).toEqual([
      '0:00',
      '0:59',
      '1:00',
      '1:00:00',
      '10:00:00',
    ]);
  });
});
