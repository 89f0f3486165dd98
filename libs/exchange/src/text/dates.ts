/** The words are English; whether a day is 3 November or November 3 is the reader's choice. */
export function pickLocale(languages: readonly string[]): string {
  return languages.find((language) => /^en\b/i.test(language)) ?? 'en-GB';
}

const locale = pickLocale(navigator.languages);
const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const weekdayAndYear = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** @param at milliseconds since the epoch @example timeOf(at) // '10:42' */
export function timeOf(at: number): string {
  return time.format(at);
}

/** @param at milliseconds since the epoch @example momentOf(at) // 'Tuesday, 3 November 2026 at 10:42' */
export function momentOf(at: number): string {
  return dayAndTime.format(at);
}

/** The name of a day as seen from another: Today, Yesterday, else its date. Both in milliseconds since the epoch. */
export function dayName(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? weekday : weekdayAndYear).format(at);
}

/** Midnight, in the reader's zone, at which the day of this instant began. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
