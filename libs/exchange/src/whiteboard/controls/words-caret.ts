/** What is different between two texts: from `at` on, `removed` characters are `added` now. In UTF-16 units. */
interface Difference {
  readonly at: number;
  readonly removed: number;
  readonly added: string;
}

function difference(before: string, after: string): Difference {
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before[at] === after[at]) at += 1;
  // Never between the two halves of a character.
  if (at > 0 && isHigh(before.charCodeAt(at - 1))) at -= 1;
  let same = 0;
  while (same < most - at && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  if (same > 0 && isLow(after.charCodeAt(after.length - same))) same -= 1;
  return { at, removed: before.length - at - same, added: after.slice(at, after.length - same) };
}

/** Where a place in a text is after the text has become another. */
export function movedPlace(before: string, after: string, place: number): number {
  const { at, removed, added } = difference(before, after);
  if (place <= at) return place;
  return place >= at + removed ? place - removed + added.length : at + added.length;
}

/** What a text becomes that two people changed at once. */
export function mergedWords(base: string, mine: string, theirs: string): string {
  if (base === theirs) return mine;
  const { at, removed, added } = difference(base, mine);
  const [from, to] = [movedPlace(base, theirs, at), movedPlace(base, theirs, at + removed)];
  return theirs.slice(0, from) + added + theirs.slice(Math.max(from, to));
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
