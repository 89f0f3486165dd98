import * as z from 'zod';
import { oneLine } from './text';

/** An instant in UTC, ISO 8601 with `Z`. The zone in which it was meant travels beside it. */
const instant = z.iso.datetime({ error: 'Enter a date and a time.' });

const timeZone = z.string().refine(isTimeZone, 'Choose an IANA time zone, like Europe/Madrid.');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // Intl has no other way to ask whether it knows a zone: it throws a RangeError for the rest.
    return false;
  }
}

const title = oneLine('A title', 200, 'Give the meeting a title.');
const invitee = z.email('Enter an e-mail address, like ben@example.org.').max(254).toLowerCase();

function endsAfterItStarts(times: { startsAt?: string | undefined; endsAt?: string | undefined }): boolean {
  return (
    times.startsAt === undefined || times.endsAt === undefined || Date.parse(times.endsAt) > Date.parse(times.startsAt)
  );
}
const orderOfTimes = { error: 'The end must be after the start.', path: ['endsAt'] };

/** `POST /api/bookings` (A2). The one who books takes part without being listed. */
export const newBooking = z
  .object({
    title,
    startsAt: instant,
    endsAt: instant,
    timeZone,
    participants: z.array(invitee).max(50, 'At most 50 people can be invited at once.').default([]),
  })
  .refine(endsAfterItStarts, orderOfTimes);
export type NewBooking = z.input<typeof newBooking>;

/** `PATCH /api/bookings/:id` (A2). */
export const bookingChange = z
  .object({ title, startsAt: instant, endsAt: instant, timeZone })
  .partial()
  .refine(endsAfterItStarts, orderOfTimes);
export type BookingChange = z.infer<typeof bookingChange>;

/** `POST /api/bookings/:id/participants` (A2). */
export const newParticipant = z.object({ email: invitee });
export type NewParticipant = z.infer<typeof newParticipant>;

/** `GET /api/bookings?from=&to=` (A2): bookings that touch this span; either end may be left open. */
export const bookingSpan = z.object({ from: instant.optional(), to: instant.optional() });
export type BookingSpan = z.infer<typeof bookingSpan>;

/** Someone who takes part. Participants of one booking see each other's names, never their e-mail addresses (U5). */
export const bookingParticipant = z.object({ userId: z.uuid(), name: z.string(), host: z.boolean() });
export type BookingParticipant = z.infer<typeof bookingParticipant>;

export const booking = z.object({
  id: z.uuid(),
  title: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  timeZone: z.string(),
  cancelled: z.boolean(),
  participants: z.array(bookingParticipant),
});
export type Booking = z.infer<typeof booking>;

export const bookingList = z.object({ bookings: z.array(booking) });
export type BookingList = z.infer<typeof bookingList>;
