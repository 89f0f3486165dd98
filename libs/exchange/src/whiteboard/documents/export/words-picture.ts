import type { Paper, WordsShape } from '@parley/board';
import { paintShape } from '../../paint/paint-shape';
import { canvasOf, pngOf } from './export-canvas';
import type { Size } from '../page-units';

/** Pixels per unit: 384 dots per inch of a document. */
const SHARPNESS = 4;
const PIXELS_MAX = 8_000_000;

/** The words of a text or a note as a picture, whatever script they are in. */
export interface WordsPicture extends Size {
  readonly png: Uint8Array;
  /** Where it is on the shape's page, before it is turned. */
  readonly x: number;
  readonly y: number;
}

export type DrawWords = (shape: WordsShape) => Promise<WordsPicture | undefined>;

/** @returns nothing where there are no words */
export async function drawWords(shape: WordsShape, paper: Paper = 'light'): Promise<WordsPicture | undefined> {
  if (shape.words.trim() === '') return undefined;
  // Letters reach a little beyond a text's box; a note's are cut off at its edges.
  const beyond = shape.kind === 'note' ? 0 : shape.size / 2;
  const [x, y] = [shape.x - beyond, shape.y - beyond];
  const [width, height] = [shape.width + 2 * beyond, shape.height + 2 * beyond];
  if (width <= 0 || height <= 0) return undefined;
  const scale = Math.min(SHARPNESS, Math.sqrt(PIXELS_MAX / (width * height)));
  const [canvas, context] = canvasOf({ width: width * scale, height: height * scale });
  context.scale(canvas.width / width, canvas.height / height);
  context.translate(-x, -y);
  paintShape(context, { ...shape, angle: 0 }, paper);
  const png = new Uint8Array(await (await pngOf(canvas)).arrayBuffer());
  return { png, x, y, width, height };
}
