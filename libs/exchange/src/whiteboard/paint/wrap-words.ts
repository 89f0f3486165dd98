/** How wide a text is drawn. */
export type Measure = (text: string) => number;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Breaks words into lines that are no wider than `width`: at spaces where there are some, else between two characters as
 * people see them. The space at which a line is broken is not drawn. A single character wider than that has its own line.
 *
 * @param measure in the same unit as `width`
 */
export function wrapWords(words: string, width: number, measure: Measure): string[] {
  return words.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width, measure));
}

function wrapParagraph(paragraph: string, width: number, measure: Measure): string[] {
  if (measure(paragraph) <= width) return [paragraph];
  const lines: string[] = [];
  let line = '';
  // A space before a word belongs to it as long as both are on one line.
  for (const [word] of paragraph.matchAll(/\s*\S+|\s+$/gu)) {
    if (measure(line + word) <= width) {
      line += word;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = broken(line === '' && lines.length === 0 ? word : word.trimStart(), width, measure);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** One word in pieces that fit. */
function broken(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && measure(piece + segment) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  if (piece !== '') pieces.push(piece);
  return pieces;
}
