import type * as Y from 'yjs';
import { WORDS_MAX } from './shape';

/** Changes only what differs, so that what others write in the same words stays. */
export function changeWords(words: Y.Text, after: string): void {
  const before = words.toJSON();
  if (before === after) return;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  if (isHigh(before, start - 1)) start -= 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (end > 0 && isLow(before, before.length - end)) end -= 1;
  words.delete(start, before.length - end - start);
  words.insert(start, after.slice(start, after.length - end));
}

/** As many of them as one shape may have; no character is cut in two. */
export function shortened(words: string): string {
  if (words.length <= WORDS_MAX) return words;
  return words.slice(0, isHigh(words, WORDS_MAX - 1) ? WORDS_MAX - 1 : WORDS_MAX);
}

/** A character beyond U+FFFF is two units, and never split. */
function isHigh(text: string, place: number): boolean {
  return /^[\uD800-\uDBFF]/.test(text.slice(Math.max(0, place), place + 1));
}

function isLow(text: string, place: number): boolean {
  return /^[\uDC00-\uDFFF]/.test(text.slice(place, place + 1));
}
