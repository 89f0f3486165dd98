import fc from 'fast-check';
import { instantOf, offsetAt, wallTimeOf } from './wall-time';

const MINUTE_MS = 60_000;
const iso = (instant: number | undefined) => new Date(instant ?? Number.NaN).toISOString();
const zones = [
  'UTC',
  'Europe/Madrid',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];
const minutes = fc
  .integer({ min: Date.UTC(2000, 0, 1) / MINUTE_MS, max: Date.UTC(2060, 0, 1) / MINUTE_MS })
  .map((minute) => minute * MINUTE_MS);

describe('wall time', () => {
  it('shows an instant on the clock of a zone', () => {
    const instant = Date.parse('2026-11-23T23:30:00Z');
    expect(wallTimeOf(instant, 'Europe/Madrid')).toEqual({ date: '2026-11-24', time: '00:30' });
    expect(wallTimeOf(instant, 'Asia/Kathmandu')).toEqual({ date: '2026-11-24', time: '05:15' });
    expect(wallTimeOf(instant, 'America/New_York')).toEqual({ date: '2026-11-23', time: '18:30' });
  });

  it('takes a time that the clock skips in spring as it would have been before the change', () => {
    expect(iso(instantOf({ date: '2026-03-29', time: '02:30' }, 'Europe/Madrid'))).toBe('2026-03-29T01:30:00.000Z');
  });

  it('means the first of two equal times in autumn', () => {
    expect(iso(instantOf({ date: '2026-10-25', time: '02:30' }, 'Europe/Madrid'))).toBe('2026-10-25T00:30:00.000Z');
  });

  it.each([
    { date: '', time: '09:30' },
    { date: '2026-11-23', time: '' },
    { date: '2026-13-40', time: '09:30' },
  ])('has no instant for %j', (wall) => {
    expect(instantOf(wall, 'UTC')).toBeUndefined();
  });

  it('comes back from any instant to one that looks the same, and is the same unless the clock was set back', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom(...zones), (instant, zone) => {
        const back = instantOf(wallTimeOf(instant, zone), zone) ?? Number.NaN;
        expect(wallTimeOf(back, zone)).toEqual(wallTimeOf(instant, zone));
        if (back !== instant) expect(offsetAt(back, zone)).toBeGreaterThan(offsetAt(instant, zone));
      }),
    );
  });
});
