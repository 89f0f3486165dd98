/** Of a page's name, as JavaScript counts: a board takes no longer one. */
const LENGTH_MAX = 280;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** @example pageName('plan.pdf', 3, 20) // 'plan.pdf, 3 of 20' */
export function pageName(file: string, sheet: number, sheets: number): string {
  const which = sheets === 1 ? '' : `, ${sheet} of ${sheets}`;
  if (file.length + which.length <= LENGTH_MAX) return file + which;
  let short = '';
  for (const { segment } of graphemes.segment(file)) {
    if (short.length + segment.length + 1 + which.length > LENGTH_MAX) break;
    short += segment;
  }
  return `${short}…${which}`;
}
