import { paperColour, type Paper, type Shape } from '@parley/board';
import { paintShape } from '../paint/paint-shape';
import type { Bitmap, MakeBitmap } from './bitmap';
import type { Sight } from './sight';

/** How much of a shape is left to see that is about to go. */
const LEFT = 0.25;

/** Fades shapes that the eraser has gone over, without baking any tile again: the paper is laid over them. */
export class Veil {
  readonly #bitmap: MakeBitmap;
  readonly #covered = new Set<string>();
  #picture: Bitmap | undefined;
  #seenFrom = '';

  constructor(bitmap: MakeBitmap) {
    this.#bitmap = bitmap;
  }

  /** @param context its units are device pixels */
  draw(context: CanvasRenderingContext2D, shapes: readonly Shape[], sight: Sight, paper: Paper): void {
    const { width, height } = sight.pixels;
    const from = `${sight.page.id} ${sight.transform.join(' ')} ${width} ${height} ${paper}`;
    if (from !== this.#seenFrom || this.#picture === undefined) {
      this.release();
      this.#seenFrom = from;
      this.#picture = this.#bitmap(width, height);
    }
    const fresh = shapes.filter(({ id }) => !this.#covered.has(id));
    if (fresh.length > 0) cover(this.#picture, fresh, sight, paper);
    for (const { id } of fresh) this.#covered.add(id);
    context.save();
    context.globalAlpha = 1 - LEFT;
    context.drawImage(this.#picture.image, 0, 0);
    context.restore();
  }

  release(): void {
    this.#picture?.release();
    this.#picture = undefined;
    this.#covered.clear();
  }
}

function cover({ context, width, height }: Bitmap, shapes: readonly Shape[], sight: Sight, paper: Paper): void {
  context.save();
  context.setTransform(...sight.transform);
  for (const shape of shapes) paintShape(context, shape, paper);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = paperColour[paper];
  context.fillRect(0, 0, width, height);
  context.restore();
}
