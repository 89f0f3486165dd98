import {
  type BoardPage,
  type BoardScene,
  HIGHLIGHT_OPACITY,
  type Paper,
  paperColour,
  type Point,
  shades,
  type Shape,
  type WordsShape,
} from '@parley/board';
import { fontOf, LINE_HEIGHT, linesOf, paddingOf, WORDS_FONT } from '../../paint/words-layout';
import { exportArea, sizeOf } from './export-area';
import { canvasOf } from './export-canvas';
import { pathOf, type Step } from './outline-path';
import { xmlText } from './xml';

/** How wide a text is in letters of a size, in the same units. */
export type MeasureWords = (text: string, size: number) => number;

export interface SvgOptions {
  /** What lies under the ink of a document's page, as a `data:` address. */
  readonly backdrop?: string;
  /** Measured on a canvas, unless told otherwise. */
  readonly measure?: MeasureWords;
}

/** A page as SVG: ink and shapes are paths, words are text. @throws NothingToExport */
export function exportSvg(
  scene: Pick<BoardScene, 'shapes'>,
  page: BoardPage,
  paper: Paper,
  { backdrop, measure = measureOnCanvas() }: SvgOptions = {},
): string {
  const area = exportArea(scene, page);
  const { width, height } = sizeOf(area);
  const shown = page.kind === 'document' ? 'light' : paper;
  const view = [area.minX, area.minY, width, height].map(number).join(' ');
  const under =
    backdrop === undefined
      ? ''
      : `<image x="0" y="0" width="${number(page.width)}" height="${number(page.height)}" preserveAspectRatio="none" href="${xmlText(backdrop)}"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}" viewBox="${view}">`,
    `<title>${xmlText(page.name === '' ? 'Whiteboard' : page.name)}</title>`,
    `<rect x="${number(area.minX)}" y="${number(area.minY)}" width="${number(width)}" height="${number(height)}" fill="${paperColour[shown]}"/>`,
    under,
    ...scene.shapes(page.id).map((shape) => shapeSvg(shape, shown, measure)),
    '</svg>',
    '',
  ]
    .filter((line, at, all) => line !== '' || at === all.length - 1)
    .join('\n');
}

function shapeSvg(shape: Shape, paper: Paper, measure: MeasureWords): string {
  const { line, fill, mark } = shades(shape.colour, paper);
  switch (shape.kind) {
    case 'ink': {
      const opacity = shape.highlight ? ` fill-opacity="${HIGHLIGHT_OPACITY}"` : '';
      return `<path d="${data(pathOf(shape))}" fill="${shape.highlight ? mark : line}"${opacity}/>`;
    }
    case 'rectangle':
    case 'ellipse':
      return `<path d="${data(pathOf(shape))}" fill="${shape.filled ? fill : 'none'}" ${stroke(line, shape.size)}/>`;
    case 'line':
    case 'arrow':
      return `<path d="${data(pathOf(shape))}" fill="none" ${stroke(line, shape.size)}/>`;
    case 'text':
    case 'note':
      return wordsSvg(shape, paper, measure);
  }
}

function stroke(colour: string, width: number): string {
  return `stroke="${colour}" stroke-width="${number(width)}" stroke-linecap="round" stroke-linejoin="round"`;
}

function wordsSvg(shape: WordsShape, paper: Paper, measure: MeasureWords): string {
  const { x, y, width, height, size, angle, kind } = shape;
  const note = kind === 'note';
  const [left, top] = note ? [0, 0] : [x, y];
  const padding = paddingOf(kind);
  const first = top + padding + size * (LINE_HEIGHT / 2 + 0.35);
  const lines = linesOf(shape, (text) => measure(text, size)).map((text, at) => {
    const foot = number(first + at * size * LINE_HEIGHT);
    return `<tspan x="${number(left + padding)}" y="${foot}">${xmlText(text)}</tspan>`;
  });
  const colour = shades(note ? 'ink' : shape.colour, paper).line;
  const text = `<text font-family="${xmlText(WORDS_FONT)}" font-size="${number(size)}" fill="${colour}" style="white-space:pre">${lines.join('')}</text>`;
  const sized = `width="${number(width)}" height="${number(height)}"`;
  // An SVG within cuts off what is beyond its edges, as the board does.
  const content = note
    ? `<svg x="${number(x)}" y="${number(y)}" ${sized}><rect ${sized} fill="${shades(shape.colour, paper).fill}"/>${text}</svg>`
    : text;
  if (angle === 0) return content;
  const turn = [(angle * 180) / Math.PI, x + width / 2, y + height / 2].map(number).join(' ');
  return `<g transform="rotate(${turn})">${content}</g>`;
}

function data(steps: readonly Step[]): string {
  return steps.map(([command, ...points]) => command + points.map(point).join(' ')).join('');
}

function point({ x, y }: Point): string {
  return `${number(x)} ${number(y)}`;
}

function number(value: number): string {
  return String(Number(value.toFixed(2)) + 0);
}

function measureOnCanvas(): MeasureWords {
  let context: CanvasRenderingContext2D | undefined;
  return (text, size) => {
    context ??= canvasOf({ width: 1, height: 1 })[1];
    context.font = fontOf(size);
    return context.measureText(text).width;
  };
}
