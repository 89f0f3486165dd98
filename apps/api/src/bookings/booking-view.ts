import type { BookingWithPeople } from '@parley/persistence';
import type { Booking, BookingParticipant } from '@parley/protocol';

type Person = BookingWithPeople['participants'][number];

/** A booking as its participants see it: names, never e-mail addresses (U5). */
export function bookingView(booking: BookingWithPeople): Booking {
  return {
    id: booking.id,
    title: booking.title,
    startsAt: booking.startsAt.toISOString(),
    endsAt: booking.endsAt.toISOString(),
    timeZone: booking.timeZone,
    cancelled: booking.cancelledAt !== null,
    participants: present(booking).map((person) => participantView(booking, person)),
  };
}

export function participantView(booking: BookingWithPeople, person: Person): BookingParticipant {
  return { userId: person.userId, name: person.user.name, host: person.userId === booking.hostId };
}

/** Those who take part now: the host first, then in the order in which they came. */
export function present(booking: BookingWithPeople): readonly Person[] {
  return inOrder(
    booking,
    booking.participants.filter((person) => person.removedAt === null),
  );
}

/** Those who once took part. */
export function former(booking: BookingWithPeople): readonly Person[] {
  return inOrder(
    booking,
    booking.participants.filter((person) => person.removedAt !== null),
  );
}

function inOrder(booking: BookingWithPeople, people: readonly Person[]): readonly Person[] {
  const rank = (person: Person): number => (person.userId === booking.hostId ? 0 : 1);
  return people.toSorted(
    (a, b) =>
      rank(a) - rank(b) || a.addedAt.getTime() - b.addedAt.getTime() || a.user.name.localeCompare(b.user.name, 'en'),
  );
}
