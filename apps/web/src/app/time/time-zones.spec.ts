import { timeZones, zonesMatching } from './time-zones';

describe('time zones', () => {
  it('knows every zone of the browser, and UTC', () => {
    expect(timeZones()).toEqual(expect.arrayContaining(['Europe/Madrid', 'Asia/Tokyo', 'UTC']));
  });

  it('finds a city by its beginning before other matches', () => {
    expect(zonesMatching(['America/North_Dakota/New_Salem', 'Europe/Salem'], 'sal', 9)[0]).toBe('Europe/Salem');
  });

  it('takes spaces, accents and letter case as they come', () => {
    expect(zonesMatching(timeZones(), 'new york', 9)).toContain('America/New_York');
    expect(zonesMatching(timeZones(), 'MADRÍD', 9)).toEqual(['Europe/Madrid']);
    expect(zonesMatching(timeZones(), 'nowhere at all', 9)).toEqual([]);
  });

  it('stops at the limit', () => {
    expect(zonesMatching(timeZones(), '', 5)).toHaveLength(5);
  });
});
