import { clocksDiffer, dayName, lengthText, readersLocale, timeSpan, zoneName } from './time-text';

const at = (text: string) => Date.parse(text);

describe('time in words', () => {
  it('writes in English, the way the reader writes English', () => {
    expect(readersLocale(['de-DE', 'en-US'])).toBe('en-US');
    expect(readersLocale(['es-ES'])).toBe('en-GB');
  });

  it('gives a span in one zone, and names the day of an end that is on another one', () => {
    const start = at('2026-11-23T22:30:00Z');
    expect(timeSpan(start, at('2026-11-23T23:15:00Z'), 'UTC', 'en-GB')).toBe('22:30 – 23:15');
    expect(timeSpan(start, at('2026-11-23T23:15:00Z'), 'Europe/Madrid', 'en-GB')).toBe('23:30 – Tue 24 Nov, 00:15');
  });

  it.each([
    ['2026-11-23T10:00:00Z', 'Today'],
    ['2026-11-24T00:00:00Z', 'Tomorrow'],
    ['2026-11-22T23:59:00Z', 'Yesterday'],
    ['2026-11-25T10:00:00Z', 'Wednesday 25 November'],
    ['2027-01-01T10:00:00Z', 'Friday 1 January 2027'],
  ])('calls the day of %s %s', (instant, name) => {
    expect(dayName(at(instant), at('2026-11-23T20:00:00Z'), 'UTC', 'en-GB').replace(',', '')).toBe(name);
  });

  it('knows today by the reader’s clock, not by UTC', () => {
    const lateInUtc = at('2026-11-23T20:00:00Z');
    expect(dayName(lateInUtc, at('2026-11-23T10:00:00Z'), 'Pacific/Kiritimati', 'en-GB')).toBe('Today');
    expect(dayName(lateInUtc, at('2026-11-23T09:00:00Z'), 'Pacific/Kiritimati', 'en-GB')).toBe('Tomorrow');
  });

  it.each([
    [1, '1 min'],
    [44.2 * 60_000, '45 min'],
    [60 * 60_000, '1 h'],
    [90 * 60_000, '1 h 30 min'],
    [49 * 3_600_000, '2 days'],
  ])('says %d ms as %s', (length, text) => {
    expect(lengthText(length)).toBe(text);
  });

  it('compares clocks, not names: Madrid and Paris show the same time', () => {
    const instant = at('2026-11-23T10:00:00Z');
    expect(clocksDiffer(instant, 'Europe/Madrid', 'Europe/Paris')).toBe(false);
    expect(clocksDiffer(instant, 'Europe/Madrid', 'Europe/London')).toBe(true);
    expect(zoneName('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
  });
});
