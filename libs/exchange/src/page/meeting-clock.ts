/** What the top bar says of the time. */
export interface MeetingTime {
  readonly phase: 'early' | 'on' | 'over' | 'ended';
  readonly text: string;
}

export interface MeetingTimes {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly openedAt: string | null;
  readonly endedAt: string | null;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds past its planned end after which a meeting that nobody ended counts as ended. */
const LINGERS_MS = HOUR;

/**
 * A countdown before the start, the time since then while it is on, and how long ago it ended.
 *
 * @param now milliseconds since the epoch
 */
export function meetingTime(times: MeetingTimes, now: number): MeetingTime {
  const starts = Date.parse(times.startsAt);
  const ends = Date.parse(times.endsAt);
  if (times.endedAt !== null) return { phase: 'ended', text: endedText(now - Date.parse(times.endedAt)) };
  if (now < starts) return { phase: 'early', text: `Starts in ${countdown(starts - now)}` };
  if (now > ends + LINGERS_MS) return { phase: 'ended', text: endedText(now - ends) };
  // Someone who is the first, ten minutes late, is not ten minutes into the meeting.
  const began = Math.max(starts, times.openedAt === null ? starts : Date.parse(times.openedAt));
  const elapsed = clock(Math.max(0, now - began));
  return now < ends ? { phase: 'on', text: elapsed } : { phase: 'over', text: `${elapsed} · ${overrun(now - ends)}` };
}

/** Milliseconds until `meetingTime` says something else, at most. */
export function nextTick(times: MeetingTimes, now: number): number {
  const { phase } = meetingTime(times, now);
  const untilStart = Date.parse(times.startsAt) - now;
  if (phase === 'ended' || (phase === 'early' && untilStart > HOUR)) return Math.min(MINUTE, MINUTE - (now % MINUTE));
  return SECOND - (now % SECOND);
}

/** @example clock(3_723_000) // '1:02:03' */
export function clock(duration: number): string {
  const seconds = Math.floor(duration / SECOND);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0/, '');
}

function countdown(duration: number): string {
  // Rounded up: a countdown reads 1 until nothing is left.
  if (duration <= 10 * MINUTE) return clock(Math.ceil(duration / SECOND) * SECOND);
  const minutes = Math.ceil(duration / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  if (duration < DAY)
    return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return plural(Math.round(duration / DAY), 'day');
}

function overrun(duration: number): string {
  return duration < MINUTE ? 'time is up' : `${Math.floor(duration / MINUTE)} min over`;
}

function endedText(ago: number): string {
  if (ago < MINUTE) return 'Ended just now';
  if (ago < HOUR) return `Ended ${Math.floor(ago / MINUTE)} min ago`;
  if (ago < DAY) return `Ended ${Math.floor(ago / HOUR)} h ago`;
  const days = Math.floor(ago / DAY);
  if (days < 14) return `Ended ${plural(days, 'day')} ago`;
  if (days < 60) return `Ended ${plural(Math.floor(days / 7), 'week')} ago`;
  if (days < 730) return `Ended ${plural(Math.floor(days / 30), 'month')} ago`;
  return `Ended ${plural(Math.floor(days / 365), 'year')} ago`;
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
