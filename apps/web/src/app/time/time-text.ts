import { offsetAt, wallTimeOf } from './wall-time';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The app speaks English; of the English ways to write a date, the reader's own, else day before month and 24 hours. */
export function readersLocale(languages: readonly string[] = navigator.languages): string {
  return languages.find((language) => /^en\b/i.test(language)) ?? 'en-GB';
}

/** The IANA zone of this device, for example `Europe/Madrid`. */
export function readersZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A zone's name for people: `Europe/Madrid` → `Madrid`, `America/Argentina/Salta` → `Salta`. */
export function zoneName(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** Whether two zones' clocks show different times at an instant (milliseconds, UTC). */
export function clocksDiffer(instant: number, one: string, other: string): boolean {
  return one !== other && offsetAt(instant, one) !== offsetAt(instant, other);
}

/** `09:30 – 10:15`; where the end is on another day, that day is named. */
export function timeSpan(start: number, end: number, zone: string, locale = readersLocale()): string {
  const time = new Intl.DateTimeFormat(locale, { timeZone: zone, timeStyle: 'short' });
  const sameDay = wallTimeOf(start, zone).date === wallTimeOf(end, zone).date;
  const day = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' });
  return `${time.format(start)} – ${sameDay ? '' : `${day.format(end)}, `}${time.format(end)}`;
}

/** `Today`, `Tomorrow`, `Yesterday`, else `Friday 3 October`, with the year where it is not this one. */
export function dayName(instant: number, now: number, zone: string, locale = readersLocale()): string {
  const day = wallTimeOf(instant, zone).date;
  const today = wallTimeOf(now, zone).date;
  const apart = Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
  const near = ({ '-1': 'Yesterday', 0: 'Today', 1: 'Tomorrow' } as Record<number, string>)[apart];
  if (near !== undefined) return near;
  const thisYear = day.slice(0, 4) === today.slice(0, 4);
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(thisYear ? {} : { year: 'numeric' }),
  }).format(instant);
}

/** A length of time in the two largest units that fit: `45 min`, `1 h 30 min`, `2 days`. Begun minutes count. */
export function lengthText(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / MINUTE_MS));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
