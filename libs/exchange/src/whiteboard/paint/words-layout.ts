import type { WordsShape } from '@parley/board';
import { type Measure, wrapWords } from './wrap-words';

/** The letters on a board; the editor that lies above a text while it is written uses the same. */
export const WORDS_FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif';
/** Of the size of the letters. */
export const LINE_HEIGHT = 1.3;
/** Around the words of a note, in units of the page. */
export const NOTE_PADDING = 12;

export function fontOf(size: number): string {
  return `${size}px ${WORDS_FONT}`;
}

type Words = Pick<WordsShape, 'kind' | 'width' | 'size' | 'words'>;

/** The lines of a text or a note. */
export function linesOf({ kind, width, words }: Words, measure: Measure): string[] {
  return wrapWords(words, Math.max(1, width - 2 * paddingOf(kind)), measure);
}

/** How high the box of a text or a note has to be for all of its words. */
export function heightOf(shape: Words, measure: Measure): number {
  return linesOf(shape, measure).length * shape.size * LINE_HEIGHT + 2 * paddingOf(shape.kind);
}

/** How wide the longest line is that its author ended: a text that is no wider has room for all of them. */
export function widthOf({ words }: Pick<Words, 'words'>, measure: Measure): number {
  return Math.max(0, ...words.split('\n').map(measure));
}

export function paddingOf(kind: WordsShape['kind']): number {
  return kind === 'note' ? NOTE_PADDING : 0;
}
