import {
  type FieldTree,
  type SchemaPath,
  type SchemaPathTree,
  validate,
  validateStandardSchema,
} from '@angular/forms/signals';
import { type Booking, type NewBooking, newBooking } from '@parley/protocol';
import type { NamedFields } from '../forms/send-form';
import { instantOf, wallTimeOf } from '../time/wall-time';

/** A booking as a person writes it down: a day, two times and the zone whose clock shows them. */
export interface BookingDraft {
  title: string;
  /** `2026-11-23` */
  date: string;
  /** `09:30` */
  start: string;
  /** `10:15`; at or before the start it means the next day. */
  end: string;
  timeZone: string;
}

type WhenAndWhat = Pick<NewBooking, 'title' | 'startsAt' | 'endsAt' | 'timeZone'>;

const MINUTE_MS = 60_000;
const HALF_HOUR_MS = 30 * MINUTE_MS;
const DAY_MINUTES = 24 * 60;

/** What the form for a new booking starts with: half an hour from the next half hour on. */
export function emptyDraft(now: number, timeZone: string): BookingDraft {
  const start = Math.ceil(now / HALF_HOUR_MS) * HALF_HOUR_MS;
  return draftOf({ title: '', startsAt: iso(start), endsAt: iso(start + HALF_HOUR_MS), timeZone });
}

export function draftOf(booking: Pick<Booking, 'title' | 'startsAt' | 'endsAt' | 'timeZone'>): BookingDraft {
  const start = wallTimeOf(Date.parse(booking.startsAt), booking.timeZone);
  const end = wallTimeOf(Date.parse(booking.endsAt), booking.timeZone);
  return { title: booking.title, date: start.date, start: start.time, end: end.time, timeZone: booking.timeZone };
}

/** The instants (milliseconds, UTC) that a draft means, or undefined while date, times or zone are incomplete. */
export function spanOf(draft: BookingDraft): { readonly start: number; readonly end: number } | undefined {
  if (!newBooking.shape.timeZone.safeParse(draft.timeZone).success) return undefined;
  const start = instantOf({ date: draft.date, time: draft.start }, draft.timeZone);
  if (start === undefined) return undefined;
  const nextDay = draft.end <= draft.start;
  const end = instantOf({ date: nextDay ? dayAfter(draft.date) : draft.date, time: draft.end }, draft.timeZone);
  return end === undefined ? undefined : { start, end };
}

/** What is sent for a draft that has passed {@link bookingRules}. */
export function bookingOf(draft: BookingDraft): WhenAndWhat {
  const span = spanOf(draft);
  if (!span) throw new Error('A draft without a date, times and a zone cannot be sent; bookingRules refuses it.');
  return { title: draft.title, startsAt: iso(span.start), endsAt: iso(span.end), timeZone: draft.timeZone };
}

/** The end that keeps a meeting's length when its start moves from one time to another; all as `09:30`. */
export function movedEnd(from: string, to: string, end: string): string {
  const moved = minutesOf(end) + minutesOf(to) - minutesOf(from);
  if (Number.isNaN(moved)) return end;
  const minutes = ((moved % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The rules of the form; those that the server has too are the shared schemas themselves. */
export function bookingRules(path: SchemaPathTree<BookingDraft> & SchemaPath<BookingDraft>): void {
  validateStandardSchema(path.title, newBooking.shape.title);
  validateStandardSchema(path.timeZone, newBooking.shape.timeZone);
  validate(path.date, ({ value }) => (value() ? undefined : { kind: 'empty', message: 'Choose a day.' }));
  validate(path.start, ({ value }) => (value() ? undefined : { kind: 'empty', message: 'Say when it starts.' }));
  validate(path.end, ({ value, valueOf }) => {
    if (!value()) return { kind: 'empty', message: 'Say when it ends.' };
    return value() === valueOf(path.start) ? { kind: 'order', message: 'The end must be after the start.' } : undefined;
  });
}

/** The server's names for a draft's fields. */
export function serverNames(fields: FieldTree<BookingDraft>): NamedFields {
  return { title: fields.title, startsAt: fields.start, endsAt: fields.end, timeZone: fields.timeZone };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

function dayAfter(date: string): string {
  const next = Date.parse(date) + DAY_MINUTES * MINUTE_MS;
  return Number.isNaN(next) ? date : iso(next).slice(0, 10);
}

function minutesOf(time: string): number {
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
