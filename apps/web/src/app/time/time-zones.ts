/** Every IANA zone that this browser knows, UTC included, in alphabetical order. */
export function timeZones(): readonly string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes('UTC') ? known : [...known, 'UTC'];
}

/** The zones whose name has every word of `text` in it, the best match first; at most `limit`. */
export function zonesMatching(zones: readonly string[], text: string, limit: number): readonly string[] {
  const words = plain(text).split(' ').filter(Boolean);
  const fits = zones.filter((zone) => words.every((word) => plain(zone).includes(word)));
  // Someone who types "london" means the city, not "america/…/new london".
  const starts = (zone: string) => plain(zone.slice(zone.lastIndexOf('/') + 1)).startsWith(words[0] ?? '');
  return [...fits.filter(starts), ...fits.filter((zone) => !starts(zone))].slice(0, limit);
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[_/\s]+/g, ' ')
    .trim();
}
