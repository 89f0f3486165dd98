import type { Booking } from '@parley/protocol';
import { wallTimeOf } from '../time/wall-time';

export interface BookingGroups {
  /** Going on at this moment, the one that began last first. */
  readonly now: readonly Booking[];
  /** Not begun, by day on the reader's clock, the next one first. Cancelled ones stay visible until they would be over. */
  readonly upcoming: readonly BookingDay[];
  /** Over, the last one first. */
  readonly past: readonly Booking[];
}

export interface BookingDay {
  /** ISO date, `2026-11-23`. */
  readonly date: string;
  readonly bookings: readonly Booking[];
}

/** Sorts bookings by what they mean at `now` (milliseconds, UTC) to someone in `zone`. */
export function groupBookings(bookings: readonly Booking[], now: number, zone: string): BookingGroups {
  const byStart = bookings.toSorted((one, other) => Date.parse(one.startsAt) - Date.parse(other.startsAt));
  const ongoing = byStart.filter((booking) => isOn(booking, now));
  const past = byStart.filter((booking) => Date.parse(booking.endsAt) <= now);
  const rest = byStart.filter((booking) => !ongoing.includes(booking) && !past.includes(booking));
  const days = new Map<string, Booking[]>();
  for (const booking of rest) {
    const { date } = wallTimeOf(Date.parse(booking.startsAt), zone);
    days.set(date, [...(days.get(date) ?? []), booking]);
  }
  return {
    now: ongoing.toReversed(),
    upcoming: [...days].map(([date, ofDay]) => ({ date, bookings: ofDay })),
    past: past.toReversed(),
  };
}

/** Whether a meeting takes place at `now` (milliseconds, UTC): from its start until just before its end. */
export function isOn(booking: Booking, now: number): boolean {
  return !booking.cancelled && Date.parse(booking.startsAt) <= now && now < Date.parse(booking.endsAt);
}
