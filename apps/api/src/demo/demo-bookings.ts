import type { DemoPerson } from '@parley/protocol';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface DemoBooking {
  /** Always the same: a link into the demo keeps working. */
  readonly id: string;
  readonly title: string;
  readonly people: readonly [host: DemoPerson, ...others: DemoPerson[]];
  /** When it takes place, seen from a moment in time. */
  times(now: Date): { readonly startsAt: Date; readonly endsAt: Date };
  /** Whether those times no longer show what the booking is there to show. */
  outdated(startsAt: Date, endsAt: Date, now: Date): boolean;
}

const fiveMinutesBack = (now: Date): number => Math.floor((now.getTime() - 5 * MINUTE) / (5 * MINUTE)) * 5 * MINUTE;
const hour = (now: Date): number => Math.floor(now.getTime() / HOUR) * HOUR;
const span = (start: number, length: number) => ({ startsAt: new Date(start), endsAt: new Date(start + length) });

/** One that is on now, one to come, one that is over. */
export const demoBookings: readonly DemoBooking[] = [
  {
    id: 'de300000-0000-4000-8000-000000000001',
    title: 'Weekly planning',
    people: ['ann', 'ben'],
    times: (now) => span(fiveMinutesBack(now), HOUR),
    outdated: (_startsAt, endsAt, now) => endsAt <= now,
  },
  {
    id: 'de300000-0000-4000-8000-000000000002',
    title: 'Design review',
    people: ['ann', 'ben', 'cleo'],
    times: (now) => span(hour(now) + DAY, HOUR),
    outdated: (startsAt, _endsAt, now) => startsAt <= now,
  },
  {
    id: 'de300000-0000-4000-8000-000000000003',
    title: 'Kick-off',
    people: ['ben', 'ann', 'cleo'],
    times: (now) => span(hour(now) - 7 * DAY, HOUR),
    outdated: () => false,
  },
];
