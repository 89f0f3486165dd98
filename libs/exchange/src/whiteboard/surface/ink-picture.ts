import { HIGHLIGHT_OPACITY, type Paper } from '@parley/board';
import { inkColour } from '../paint/paint-shape';
import { type FreshInk, GrowingInk } from './growing-ink';
import type { Bitmap, MakeBitmap } from './bitmap';
import type { Sight } from './sight';

/** Beside the pieces that are kept as a picture; fewer are drawn as they are. */
const PICTURE_FROM = 2;

/** A line that grows, as it is seen from one place: what does not change any more of it is kept as a picture. */
export class InkPicture {
  readonly #bitmap: MakeBitmap;
  #ink: GrowingInk;
  #kept: Bitmap | undefined;
  /** Kept and end together: a highlighter is as translucent where they lie on each other as elsewhere. */
  #whole: Bitmap | undefined;
  #drawn = 0;
  #seenFrom = '';

  constructor(ink: FreshInk, bitmap: MakeBitmap) {
    this.#bitmap = bitmap;
    this.#ink = new GrowingInk(ink);
  }

  /** @param context its units are device pixels */
  draw(context: CanvasRenderingContext2D, ink: FreshInk, sight: Sight, paper: Paper): void {
    if (ink.id !== this.#ink.id || !this.#ink.grow(ink.points)) {
      this.#ink = new GrowingInk(ink);
      this.#seenFrom = '';
      this.#ink.grow(ink.points);
    }
    const colour = inkColour(ink, paper);
    this.#keep(sight, colour);
    if (ink.highlight) this.#drawTranslucent(context, sight, colour);
    else {
      if (this.#kept !== undefined) context.drawImage(this.#kept.image, 0, 0);
      fill(context, sight, colour, this.#rest());
    }
  }

  release(): void {
    this.#kept?.release();
    this.#whole?.release();
    this.#kept = this.#whole = undefined;
    this.#seenFrom = '';
  }

  #keep(sight: Sight, colour: string): void {
    const { pieces } = this.#ink;
    if (pieces.length < PICTURE_FROM) return;
    const { width, height } = sight.pixels;
    const from = `${sight.transform.join(' ')} ${width} ${height} ${colour}`;
    if (from !== this.#seenFrom) {
      this.#seenFrom = from;
      this.#kept = sized(this.#kept, width, height, this.#bitmap);
      this.#kept.context.clearRect(0, 0, width, height);
      this.#drawn = 0;
    }
    if (this.#kept === undefined || this.#drawn === pieces.length) return;
    fill(this.#kept.context, sight, colour, pieces.slice(this.#drawn));
    this.#drawn = pieces.length;
  }

  /** What is in no picture. */
  #rest(): readonly Path2D[] {
    const { pieces, end } = this.#ink;
    return [...(this.#kept === undefined ? pieces : []), end];
  }

  #drawTranslucent(context: CanvasRenderingContext2D, sight: Sight, colour: string): void {
    const { width, height } = sight.pixels;
    this.#whole = sized(this.#whole, width, height, this.#bitmap);
    this.#whole.context.clearRect(0, 0, width, height);
    if (this.#kept !== undefined) this.#whole.context.drawImage(this.#kept.image, 0, 0);
    fill(this.#whole.context, sight, colour, this.#rest());
    context.save();
    context.globalAlpha = HIGHLIGHT_OPACITY;
    context.drawImage(this.#whole.image, 0, 0);
    context.restore();
  }
}

function fill(context: CanvasRenderingContext2D, sight: Sight, colour: string, paths: readonly Path2D[]): void {
  context.save();
  context.setTransform(...sight.transform);
  context.fillStyle = colour;
  for (const path of paths) context.fill(path);
  context.restore();
}

function sized(bitmap: Bitmap | undefined, width: number, height: number, make: MakeBitmap): Bitmap {
  if (bitmap?.width === width && bitmap.height === height) return bitmap;
  bitmap?.release();
  return make(width, height);
}
