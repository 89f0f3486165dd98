import type { Compared, Comparison } from './comparison';
import type { Figure } from './figures';
import { scaleFor } from './ticks';
import { inUnit, spreadInUnit } from './units';

const WIDTH = 820;
const MARGIN = 20;
/** Of a letter at the size of the names, on the safe side: nobody measures text here. */
const LETTER = 7.4;
/** Room for `1.27 M` behind a bar. */
const VALUE = 76;
const ROW = 30;
const BAR = 18;
const TITLE = 56;
const HEADING = 40;
const AXIS = 34;

const style = `
    text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
    .title { font-size: 17px; font-weight: 600; }
    .figure { font-weight: 600; }
    .quiet { fill: #59636e; font-size: 12px; font-weight: 400; }
    .ground { fill: #ffffff; }
    .bar { fill: #9aa7b4; }
    .ours .bar { fill: #2f81f7; }
    .ours text { font-weight: 600; }
    .whisker { stroke: #1f2328; stroke-width: 1.5; fill: none; }
    .grid { stroke: #d1d9e0; stroke-width: 1; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .quiet { fill: #9198a1; }
      .ground { fill: #0d1117; }
      .bar { fill: #57606a; }
      .ours .bar { fill: #388bfd; }
      .whisker { stroke: #f0f6fc; }
      .grid { stroke: #3d444d; }
    }`;

/**
 * An SVG picture of a comparison: for each of its chart's figures a bar for each contender as long as the median, with a
 * whisker from the lowest to the highest. Light and dark as the reader's system is; text is text.
 */
export function chartOf(comparison: Comparison): string {
  const { workload, contenders } = comparison;
  const figures = workload.chart.flatMap((key) => workload.figures.filter((figure) => figure.key === key));
  const heights = figures.map((figure) => HEADING + shown(contenders, figure).length * ROW + AXIS);
  const height = TITLE + heights.reduce((sum, own) => sum + own, 0) + MARGIN / 2;
  const left = MARGIN + 12 + LETTER * Math.max(...contenders.map(({ name }) => name.length));
  const panels = figures.map((figure, index) => {
    const top = TITLE + heights.slice(0, index).reduce((sum, own) => sum + own, 0);
    return panel(shown(contenders, figure), contenders[0], figure, { top, left });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">`,
    `  <title id="title">${escaped(workload.title)}</title>`,
    `  <desc id="desc">${escaped(inWords(contenders, figures))}</desc>`,
    `  <style>${style}\n  </style>`,
    `  <rect class="ground" width="${WIDTH}" height="${height}" rx="6"/>`,
    `  <text class="title" x="${MARGIN}" y="32">${escaped(workload.title)}</text>`,
    `  <text class="quiet" x="${MARGIN}" y="50">median of ${comparison.repetitions}, with lowest and highest</text>`,
    ...panels,
    '</svg>',
    '',
  ].join('\n');
}

function shown(contenders: readonly Compared[], { key }: Figure): Compared[] {
  return contenders.filter(({ figures }) => figures[key] !== undefined);
}

function panel(
  contenders: readonly Compared[],
  ours: Compared | undefined,
  figure: Figure,
  { top, left }: { readonly top: number; readonly left: number },
): string {
  const spreads = contenders.flatMap(({ figures }) => figures[figure.key] ?? []);
  const scale = scaleFor(
    spreads.map(({ median }) => median),
    Math.max(...spreads.map(({ max }) => max)),
  );
  const x = (value: number): number => round(left + scale.at(value) * (WIDTH - MARGIN - VALUE - left));
  const first = top + HEADING;
  const bottom = first + contenders.length * ROW;
  const better = figure.better === 'more' ? 'longer is better' : 'shorter is better';
  const how = scale.logarithmic ? `${better}, logarithmic` : better;
  return [
    `  <text class="figure" x="${MARGIN}" y="${top + 26}">${escaped(figure.label)} <tspan class="quiet">${how}</tspan></text>`,
    ...scale.ticks.flatMap((tick) => [
      `  <path class="grid" d="M${x(tick)} ${first}V${bottom}"/>`,
      `  <text class="quiet" x="${x(tick)}" y="${bottom + 17}" text-anchor="middle">${inUnit(tick, figure.unit)}</text>`,
    ]),
    ...contenders.flatMap((contender, index) => {
      const spread = contender.figures[figure.key];
      if (spread === undefined) return [];
      const middle = first + index * ROW + ROW / 2;
      const [from, to] = [x(spread.min), x(spread.max)];
      return [
        `  <g${contender === ours ? ' class="ours"' : ''}>`,
        `    <text x="${left - 10}" y="${middle + 4.5}" text-anchor="end">${escaped(contender.name)}</text>`,
        `    <rect class="bar" x="${left}" y="${middle - BAR / 2}" width="${round(x(spread.median) - left)}" height="${BAR}" rx="2"/>`,
        `    <path class="whisker" d="M${from} ${middle - 5}v10M${from} ${middle}H${to}M${to} ${middle - 5}v10"/>`,
        `    <text x="${Math.max(x(spread.median), to) + 8}" y="${middle + 4.5}">${inUnit(spread.median, figure.unit)}</text>`,
        '  </g>',
      ];
    }),
  ].join('\n');
}

/** For whoever does not see it. */
function inWords(contenders: readonly Compared[], figures: readonly Figure[]): string {
  return figures
    .map((figure) => {
      const values = shown(contenders, figure).map(
        ({ name, figures: own }) => `${name} ${spreadInUnit(own[figure.key], figure)}`,
      );
      return `${figure.label}: ${values.join('; ')}.`;
    })
    .join(' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
