import { type Bounds, paperColour, type Paper } from '@parley/board';
import { aroundColours } from './around-colours';
import { WORDS_FONT } from './words-layout';

/** Units of the page between two dots, at 100 %. */
const GRID = 24;
/** CSS pixels between two dots: nearer ones fade, and every second one stays. */
const [NEAR, FAR] = [14, 28];

export interface PaperPlace {
  /** Device pixels of the canvas. */
  readonly width: number;
  readonly height: number;
  readonly view: Bounds;
  readonly pixelsPerUnit: number;
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
}

/** Paper without an end, with dots that tell how far one has moved and how large things are. */
export function paintEndlessPaper(context: CanvasRenderingContext2D, place: PaperPlace, paper: Paper): void {
  const { width, height, view, pixelsPerUnit, ratio } = place;
  context.fillStyle = paperColour[paper];
  context.fillRect(0, 0, width, height);
  let gap = GRID;
  while ((gap * pixelsPerUnit) / ratio < NEAR) gap *= 2;
  while ((gap * pixelsPerUnit) / ratio >= NEAR * 2) gap /= 2;
  const fading = Math.min(1, Math.max(0, ((gap * pixelsPerUnit) / ratio - NEAR) / (FAR - NEAR)));
  const side = Math.max(1, Math.round(ratio * 1.5));
  const dots = { view, pixelsPerUnit, side };
  context.save();
  context.fillStyle = aroundColours[paper].dot;
  paintDots(context, { ...dots, gap: gap * 2, skipsEven: false });
  context.globalAlpha = fading;
  paintDots(context, { ...dots, gap, skipsEven: true });
  context.restore();
}

interface Dots extends Pick<PaperPlace, 'view' | 'pixelsPerUnit'> {
  readonly gap: number;
  readonly side: number;
  /** Those of every second row and column are there. */
  readonly skipsEven: boolean;
}

function paintDots(context: CanvasRenderingContext2D, { view, pixelsPerUnit, gap, side, skipsEven }: Dots): void {
  const [firstColumn, firstRow] = [Math.floor(view.minX / gap), Math.floor(view.minY / gap)];
  context.beginPath();
  for (let row = firstRow; row * gap <= view.maxY; row++) {
    const top = Math.round((row * gap - view.minY) * pixelsPerUnit) - (side >> 1);
    for (let column = firstColumn; column * gap <= view.maxX; column++) {
      if (skipsEven && row % 2 === 0 && column % 2 === 0) continue;
      context.rect(Math.round((column * gap - view.minX) * pixelsPerUnit) - (side >> 1), top, side, side);
    }
  }
  context.fill();
}

/** The page of a document on the desk. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly backdrop: CanvasImageSource | undefined;
  /** Why there is no backdrop. */
  readonly trouble: string | undefined;
}

/** @param theme of what is beside the page, which itself is light */
export function paintSheet(
  context: CanvasRenderingContext2D,
  place: PaperPlace,
  { width, height, backdrop, trouble }: Sheet,
  theme: Paper,
): void {
  const { view, pixelsPerUnit, ratio } = place;
  const around = aroundColours[theme];
  context.fillStyle = around.desk;
  context.fillRect(0, 0, place.width, place.height);
  const [left, top] = [Math.round(-view.minX * pixelsPerUnit), Math.round(-view.minY * pixelsPerUnit)];
  const [across, down] = [Math.round(width * pixelsPerUnit), Math.round(height * pixelsPerUnit)];
  context.save();
  context.shadowColor = 'rgb(0 0 0 / 28%)';
  context.shadowBlur = 10 * ratio;
  context.shadowOffsetY = 2 * ratio;
  context.fillStyle = paperColour.light;
  context.fillRect(left, top, across, down);
  context.restore();
  if (backdrop !== undefined) context.drawImage(backdrop, left, top, across, down);
  else if (trouble !== undefined) paintTrouble(context, trouble, { x: left + across / 2, y: top + down / 2, ratio });
  context.strokeStyle = around.edge;
  context.lineWidth = ratio;
  context.strokeRect(left - ratio / 2, top - ratio / 2, across + ratio, down + ratio);
}

function paintTrouble(
  context: CanvasRenderingContext2D,
  words: string,
  { x, y, ratio }: { readonly x: number; readonly y: number; readonly ratio: number },
): void {
  context.save();
  context.font = `${14 * ratio}px ${WORDS_FONT}`;
  context.textAlign = 'center';
  context.fillStyle = aroundColours.light.words;
  context.fillText(words, x, y);
  context.restore();
}
