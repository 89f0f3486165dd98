const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const letterOrDigit = /[\p{L}\p{N}]/u;

/**
 * One or two characters that stand for a name: the first of the first and of the last word. A character is what a
 * reader takes for one (a grapheme cluster, UAX #29), so a family emoji or a letter with its accents stays whole.
 *
 * @example initials('Ann Smith') // 'AS'; initials('日本語') // '日'; initials('👩‍👩‍👧') // '👩‍👩‍👧'
 */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  // "Ben (he/him)" is B, not B(: words that begin with a letter speak for the name, unless there are none.
  const lettered = words.filter((word) => letterOrDigit.test(firstGrapheme(word)));
  const chosen = lettered.length > 0 ? lettered : words;
  const first = chosen[0];
  if (first === undefined) return '?';
  const last = chosen.length > 1 ? chosen[chosen.length - 1] : undefined;
  return (firstGrapheme(first) + (last === undefined ? '' : firstGrapheme(last))).toLocaleUpperCase();
}

function firstGrapheme(word: string): string {
  for (const { segment } of graphemes.segment(word)) return segment;
  return '';
}
