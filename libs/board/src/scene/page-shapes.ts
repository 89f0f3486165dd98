import { drawOrder } from './stacking';
import type { Shape } from './shape';

/** The shapes of one page, and the order in which they are drawn. */
export class PageShapes {
  readonly #shapes = new Map<string, Shape>();
  #sorted: readonly Shape[] | undefined = [];

  get size(): number {
    return this.#shapes.size;
  }

  get sorted(): readonly Shape[] {
    this.#sorted ??= [...this.#shapes.values()].sort(drawOrder);
    return this.#sorted;
  }

  set(shape: Shape): void {
    const before = this.#shapes.get(shape.id);
    this.#shapes.set(shape.id, shape);
    const last = this.#sorted?.at(-1);
    // What is new is nearly always on top.
    const isOnTop = before === undefined && (last === undefined || drawOrder(last, shape) < 0);
    this.#sorted = isOnTop && this.#sorted !== undefined ? [...this.#sorted, shape] : undefined;
  }

  delete(id: string): void {
    if (this.#shapes.delete(id)) this.#sorted = undefined;
  }
}
