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
  // A space before a word belongs to it as long as both are on one line.
  const words = endsOf([...paragraph.matchAll(/\s*\S+|\s+$/gu)].map(([word]) => word));
  let [from, word] = [0, 0];
  const fits = (end: number): boolean => measure(paragraph.slice(from, end)) <= width;
  const lineTo = (end: number): void => {
    lines.push(paragraph.slice(from, end));
    from = end;
  };
  while (word < words.length && from < paragraph.length) {
    const next = firstTooFar(words, word, fits);
    if (next === word) {
      // Wider than a line. What is left of it in the end may have the next word beside it.
      const cuts = cutsOf(paragraph, from, words[word]);
      for (let cut = 0; ;) {
        const tooFar = firstTooFar(cuts, cut, fits);
        if (cut > 0 && tooFar === cuts.length) break;
        cut = Math.max(cut + 1, tooFar);
        lineTo(cuts[cut - 1] ?? paragraph.length);
        if (cut >= cuts.length) break;
      }
    } else lineTo(words[next - 1] ?? paragraph.length);
    while (word < words.length && (words[word] ?? 0) <= from) word += 1;
    // Only where a word has ended.
    if (words[word - 1] === from) from = afterSpaces(paragraph, from);
  }
  return lines;
}

/** Where each of the parts of a text ends. */
function endsOf(parts: readonly string[], from = 0): number[] {
  let end = from;
  return parts.map((part) => (end += part.length));
}

/** Where a part of a text can be broken: after each character as people see them. */
function cutsOf(text: string, from: number, to: number | undefined): number[] {
  return endsOf(
    [...graphemes.segment(text.slice(from, to))].map(({ segment }) => segment),
    from,
  );
}

function afterSpaces(text: string, at: number): number {
  const spaces = /\s*/uy;
  spaces.lastIndex = at;
  spaces.exec(text);
  return spaces.lastIndex;
}

/**
 * The first of the ends, from one of them on, that does not fit. It looks ever further ahead, and then between: what it measures
 * is a few times the line, however many ends there are.
 */
function firstTooFar(ends: readonly number[], first: number, fits: (end: number) => boolean): number {
  const isFine = (at: number): boolean => {
    const end = ends[at];
    return end !== undefined && fits(end);
  };
  let [fine, step] = [first - 1, 1];
  while (isFine(fine + step)) {
    fine += step;
    step *= 2;
  }
  let tooFar = Math.min(fine + step, ends.length);
  while (tooFar - fine > 1) {
    const middle = (fine + tooFar) >> 1;
    if (isFine(middle)) fine = middle;
    else tooFar = middle;
  }
  return tooFar;
}
