import type { HttpPerson } from '@parley/harness';
import { textTopic } from '@parley/harness/world';
import { booking, type Booking } from '@parley/protocol';

/** A meeting that is on now and for the next hours. */
export function book(host: HttpPerson, guests: readonly HttpPerson[]): Promise<Booking> {
  const now = Date.now();
  return host.expect(booking, 'POST', '/api/bookings', {
    title: 'Bench café 日本語',
    startsAt: new Date(now - 60_000).toISOString(),
    endsAt: new Date(now + 6 * 3_600_000).toISOString(),
    timeZone: 'UTC',
    participants: guests.map(({ email }) => email),
  });
}

/** The topic of a meeting of these people. */
export async function bookTopic(host: HttpPerson, guests: readonly HttpPerson[]): Promise<string> {
  return textTopic(await book(host, guests));
}
