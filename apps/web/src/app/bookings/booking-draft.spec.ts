import { TestBed } from '@angular/core/testing';
import { signal } from '@angular/core';
import { form } from '@angular/forms/signals';
import { newBooking } from '@parley/protocol';
import fc from 'fast-check';
import { type BookingDraft, bookingOf, bookingRules, draftOf, emptyDraft, movedEnd, spanOf } from './booking-draft';

const draft: BookingDraft = {
  title: 'Café 👩‍👩‍👧 日本語',
  date: '2026-11-23',
  start: '09:30',
  end: '10:15',
  timeZone: 'Europe/Madrid',
};

describe('a booking as it is written down', () => {
  it('means instants on the clock of its zone', () => {
    expect(bookingOf(draft)).toEqual({
      title: 'Café 👩‍👩‍👧 日本語',
      startsAt: '2026-11-23T08:30:00.000Z',
      endsAt: '2026-11-23T09:15:00.000Z',
      timeZone: 'Europe/Madrid',
    });
  });

  it('ends on the next day where the end is before the start', () => {
    expect(bookingOf({ ...draft, start: '23:30', end: '00:30' }).endsAt).toBe('2026-11-23T23:30:00.000Z');
  });

  it.each([{ date: '' }, { start: '' }, { end: '' }, { timeZone: 'Nowhere/Land' }])('has no span with %j', (gap) => {
    expect(spanOf({ ...draft, ...gap })).toBeUndefined();
    expect(() => bookingOf({ ...draft, ...gap })).toThrow();
  });

  it('comes back as it was written', () => {
    expect(draftOf(bookingOf(draft))).toEqual(draft);
  });

  it('begins with the next half hour', () => {
    const empty = emptyDraft(Date.parse('2026-11-23T09:01:00Z'), 'UTC');
    expect(empty).toEqual({ title: '', date: '2026-11-23', start: '09:30', end: '10:00', timeZone: 'UTC' });
  });

  it('keeps the length when the start moves, past midnight too', () => {
    expect(movedEnd('09:30', '11:00', '10:15')).toBe('11:45');
    expect(movedEnd('09:30', '23:50', '10:15')).toBe('00:35');
    expect(movedEnd('', '11:00', '10:15')).toBe('10:15');
  });

  it('moves the end back to where it was when the start moves back', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    fc.assert(
      fc.property(time, time, time, (from, to, end) => {
        expect(movedEnd(to, from, movedEnd(from, to, end))).toBe(end);
      }),
    );
  });

  it('says what is missing, at its field, and nothing when all is there', () => {
    TestBed.runInInjectionContext(() => {
      const fields = form(signal({ ...draft, title: ' ', date: '', end: '09:30', timeZone: 'Mars' }), bookingRules);
      const first = (errors: readonly { readonly message?: string }[]) => errors[0]?.message;
      expect(first(fields.title().errors())).toBe('Give the meeting a title.');
      expect(first(fields.date().errors())).toBe('Choose a day.');
      expect(first(fields.end().errors())).toBe('The end must be after the start.');
      expect(first(fields.timeZone().errors())).toBe('Choose an IANA time zone, like Europe/Madrid.');
      expect(form(signal(draft), bookingRules)().valid()).toBe(true);
    });
  });

  it('only lets through what the server takes', () => {
    expect(newBooking.safeParse(bookingOf(draft)).success).toBe(true);
  });
});
