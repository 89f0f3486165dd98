import { drawOrder } from './stacking';
import type { Shape } from './shape';

/** The shapes of one page, and the order in which they are drawn. */
export class PageShapes {
  readonly #shapes = new Map<string, Shape>();
  #sorted: Shape[] | undefined = [];
  /** Whether somebody has the list: it stays as it is then. */
  #isGiven = false;

  get size(): number {
    return this.#shapes.size;
  }

  get sorted(): readonly Shape[] {
    this.#sorted ??= [...this.#shapes.values()].sort(drawOrder);
    this.#isGiven = true;
    return this.#sorted;
  }

  set(shape: Shape): void {
    const isNew = !this.#shapes.has(shape.id);
    this.#shapes.set(shape.id, shape);
    const last = this.#sorted?.at(-1);
    // What is new is nearly always on top.
    const isOnTop = isNew && (last === undefined || drawOrder(last, shape) < 0);
    if (isOnTop && this.#isGiven) this.#sorted = this.#sorted?.slice();
    this.#isGiven = false;
    if (isOnTop) this.#sorted?.push(shape);
    else this.#sorted = undefined;
  }

  delete(id: string): void {
    if (this.#shapes.delete(id)) this.#sorted = undefined;
  }
}
