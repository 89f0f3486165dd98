import { dayName, pickLocale } from './dates';

describe('dates', () => {
  const noon = new Date(2026, 10, 3, 12).getTime();

  it('names today and yesterday, and writes the year where it is another', () => {
    expect(dayName(new Date(2026, 10, 3, 0, 0).getTime(), noon)).toBe('Today');
    expect(dayName(new Date(2026, 10, 2, 23, 59).getTime(), noon)).toBe('Yesterday');
    expect(dayName(new Date(2026, 10, 1, 12).getTime(), noon)).toMatch(/^Sunday/);
    expect(dayName(new Date(2026, 10, 1, 12).getTime(), noon)).not.toMatch(/2026/);
    expect(dayName(new Date(2025, 10, 1, 12).getTime(), noon)).toMatch(/2025/);
  });

  it('counts days and not hours where clocks change', () => {
    expect(dayName(new Date(2026, 2, 28, 0, 30).getTime(), new Date(2026, 2, 29, 23, 30).getTime())).toBe('Yesterday');
  });

  it('keeps to English, and to the reader’s kind of it', () => {
    expect(pickLocale(['es-ES', 'en-US'])).toBe('en-US');
    expect(pickLocale(['ja'])).toBe('en-GB');
  });
});
