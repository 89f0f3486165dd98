import { bookingChange, newBooking, parseTicket, participantColour, registration } from './index';

describe('the HTTP contract', () => {
  const booking = {
    title: ' café 👩‍👩‍👧 日本語 ',
    startsAt: '2026-11-23T10:00:00Z',
    endsAt: '2026-11-23T11:00:00Z',
    timeZone: 'Europe/Madrid',
  };

  it('[A2] takes a booking, trims its title and invites nobody by default', () => {
    expect(newBooking.parse(booking)).toEqual({ ...booking, title: 'café 👩‍👩‍👧 日本語', participants: [] });
  });

  it.each([
    ['endsAt', { endsAt: '2026-11-23T09:00:00Z' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['startsAt', { startsAt: 'soon' }],
    ['title', { title: '   ' }],
  ])('[A5] names the field %s', (field, mistake) => {
    expect(newBooking.safeParse({ ...booking, ...mistake }).error?.issues.map(({ path }) => path[0])).toContain(field);
  });

  it('[A2] a change may be partial, but not turn times around', () => {
    expect(bookingChange.parse({ title: 'New' })).toEqual({ title: 'New' });
    expect(bookingChange.safeParse({ startsAt: booking.endsAt, endsAt: booking.startsAt }).success).toBe(false);
  });

  it('[A1] lower-cases an e-mail address and wants ten characters of password', () => {
    expect(registration.parse({ email: 'Ann@Example.org', name: 'Ann', password: '0123456789' }).email).toBe(
      'ann@example.org',
    );
    expect(registration.safeParse({ email: 'ann@example.org', name: 'Ann', password: '012345678' }).success).toBe(
      false,
    );
  });

  it('[T1] takes a ticket apart, and nothing that is none', () => {
    const authCode = 'A'.repeat(43);
    expect(parseTicket(`id:${authCode}`)).toEqual({ connectionId: 'id', authCode });
    for (const text of ['', ':', 'id:', `id:${authCode}A`, `:${authCode}`, `a:b:${authCode}`, `id:${authCode}\n`]) {
      expect(parseTicket(text)).toBeUndefined();
    }
  });

  it('[U2] gives a user one colour, and different users different ones', () => {
    const ids = Array.from({ length: 200 }, (_, index) => `user-${index}`);
    expect(ids.map(participantColour)).toEqual(ids.map(participantColour));
    expect(new Set(ids.map(participantColour)).size).toBeGreaterThan(8);
  });
});
