import type { BookingWithPeople, Exchange as ExchangeRow } from '@parley/persistence';
import { formatTopic, participantColour, type Exchange } from '@parley/protocol';
import { bookingView, former, participantView, present } from '../bookings/booking-view';

/** An exchange as its participants see it (A3). */
export function exchangeView(booking: BookingWithPeople, row: ExchangeRow | null): Exchange {
  const people = (list: ReturnType<typeof present>, isFormer: boolean): Exchange['people'] =>
    list.map((person) => ({
      ...participantView(booking, person),
      colour: participantColour(person.userId),
      former: isFormer,
    }));
  return {
    id: booking.id,
    booking: bookingView(booking),
    people: [...people(present(booking), false), ...people(former(booking), true)],
    state: row === null ? 'scheduled' : row.endedAt === null ? 'open' : 'ended',
    openedAt: row?.openedAt.toISOString() ?? null,
    endedAt: row?.endedAt?.toISOString() ?? null,
    topics: {
      text: formatTopic('exchange', 'text', booking.id),
      call: formatTopic('exchange', 'call', booking.id),
      whiteboard: formatTopic('exchange', 'whiteboard', booking.id),
    },
  };
}
