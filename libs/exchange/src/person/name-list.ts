/**
 * Names as a person would say them, in the order given; past `most` the rest is a number.
 *
 * @param most names that are spelled out, at least 1
 * @example nameList(['Ann', 'Ben', 'Cleo']) // 'Ann, Ben and Cleo'; nameList(['A', 'B', 'C', 'D'], 2) // 'A, B and 2 others'
 */
export function nameList(names: readonly string[], most = 3): string {
  const others = names.length - most;
  // "and 1 other" is longer than most names: spell the last one out.
  const parts = others <= 1 ? [...names] : [...names.slice(0, most), `${others} others`];
  const last = parts.pop();
  if (last === undefined) return '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
