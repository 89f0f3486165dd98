import type { Point } from '@parley/board';
import { WORDS_FONT } from './words-layout';

/** Someone else's pointer. `colour` has 4.5:1 to white, as everyone's has (U2). */
export interface NamedPointer {
  readonly name: string;
  readonly colour: string;
}

/** CSS pixels. */
const TAG = { font: 12, padding: 7, height: 22, left: 11, top: 15, widest: 160 };

/** @param at device pixels @param ratio device pixels in a CSS pixel */
export function paintPointer(
  context: CanvasRenderingContext2D,
  at: Point,
  { name, colour }: NamedPointer,
  ratio: number,
): void {
  context.save();
  context.translate(at.x, at.y);
  context.scale(ratio, ratio);
  context.beginPath();
  context.moveTo(0, 0);
  context.lineTo(4.2, 15);
  context.lineTo(7.6, 8.6);
  context.lineTo(14.4, 6.4);
  context.closePath();
  context.lineJoin = 'round';
  context.strokeStyle = '#fff';
  context.lineWidth = 3;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
  paintTag(context, name, colour);
  context.restore();
}

function paintTag(context: CanvasRenderingContext2D, name: string, colour: string): void {
  context.font = `500 ${TAG.font}px ${WORDS_FONT}`;
  const words = shortened(name, (text) => context.measureText(text).width);
  const width = context.measureText(words).width + 2 * TAG.padding;
  context.beginPath();
  context.roundRect(TAG.left, TAG.top, width, TAG.height, TAG.height / 2);
  context.lineWidth = 2;
  context.stroke();
  context.fill();
  context.fillStyle = '#fff';
  context.textBaseline = 'middle';
  context.fillText(words, TAG.left + TAG.padding, TAG.top + TAG.height / 2 + 0.5);
  context.fillStyle = colour;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function shortened(name: string, measure: (text: string) => number): string {
  if (measure(name) <= TAG.widest) return name;
  let words = '';
  for (const { segment } of graphemes.segment(name)) {
    if (measure(`${words}${segment}…`) > TAG.widest) break;
    words += segment;
  }
  return `${words.trimEnd()}…`;
}
