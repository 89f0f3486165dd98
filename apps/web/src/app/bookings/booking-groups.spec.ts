import type { Booking } from '@parley/protocol';
import { groupBookings, isOn } from './booking-groups';

const now = Date.parse('2026-11-23T20:00:00Z');
const booking = (title: string, startsAt: string, endsAt: string, cancelled = false): Booking => ({
  id: '0b7c2a0e-5d0a-4a2e-9d1c-000000000001',
  title,
  startsAt: `2026-11-${startsAt}:00Z`,
  endsAt: `2026-11-${endsAt}:00Z`,
  timeZone: 'UTC',
  cancelled,
  participants: [],
});
const titles = (bookings: readonly Booking[]) => bookings.map(({ title }) => title);

describe('groupBookings', () => {
  const groups = groupBookings(
    [
      booking('past', '22T10:00', '22T11:00'),
      booking('just over', '23T19:00', '23T20:00'),
      booking('long on', '23T18:00', '23T21:00'),
      booking('just on', '23T20:00', '23T20:30'),
      booking('off', '23T19:30', '23T20:30', true),
      booking('later', '24T09:00', '24T10:00'),
      booking('tonight', '23T22:00', '23T23:30'),
    ],
    now,
    'UTC',
  );

  it('puts first what began last, and counts the first minute but not the one after the end', () => {
    expect(titles(groups.now)).toEqual(['just on', 'long on']);
  });

  it('keeps a cancelled meeting in sight until it would be over, never as one that is on', () => {
    expect(groups.upcoming.map(({ date, bookings }) => [date, titles(bookings)])).toEqual([
      ['2026-11-23', ['off', 'tonight']],
      ['2026-11-24', ['later']],
    ]);
  });

  it('shows the last one first of those that are over', () => {
    expect(titles(groups.past)).toEqual(['just over', 'past']);
  });

  it('makes days by the reader’s clock', () => {
    const days = groupBookings([booking('late', '23T22:00', '23T23:00')], now, 'Asia/Tokyo').upcoming;
    expect(days[0]?.date).toBe('2026-11-24');
  });

  it('does not call a cancelled meeting on', () => {
    expect(isOn(booking('off', '23T19:30', '23T20:30', true), now)).toBe(false);
  });
});
