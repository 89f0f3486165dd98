/** What a clock on the wall of a zone shows: `date` as `2026-11-23`, `time` as `09:30`. No zone, no offset. */
export interface WallTime {
  readonly date: string;
  readonly time: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Shows an instant (milliseconds, UTC) on the clock of an IANA zone. Seconds are dropped. */
export function wallTimeOf(instant: number, zone: string): WallTime {
  const shown = new Date(instant + offsetAt(instant, zone)).toISOString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) };
}

/**
 * The instant (milliseconds, UTC) at which a zone's clock shows this, or undefined where date or time are incomplete.
 *
 * A time that the clock skips in spring is taken as it would have been before the change (02:30 becomes 03:30); of the
 * two that it shows in autumn, the first is meant. RFC 5545 §3.3.5 asks for both.
 */
export function instantOf(wall: WallTime, zone: string): number | undefined {
  const asUtc = Date.parse(`${wall.date}T${wall.time}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // No zone changes twice within two days, so these are the offsets before and after any change that is near.
  const before = offsetAt(asUtc - DAY_MS, zone);
  const after = offsetAt(asUtc + DAY_MS, zone);
  for (const offset of [before, after]) {
    if (offsetAt(asUtc - offset, zone) === offset) return asUtc - offset;
  }
  return asUtc - before;
}

/** Milliseconds by which a zone's clock is ahead of UTC at an instant. */
export function offsetAt(instant: number, zone: string): number {
  const parts = Object.fromEntries(
    clockIn(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((shown - instant) / MINUTE_MS) * MINUTE_MS;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

// Making a formatter costs about a hundred times what using it costs.
function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-u-ca-iso8601-hc-h23', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(zone, clock);
  return clock;
}
