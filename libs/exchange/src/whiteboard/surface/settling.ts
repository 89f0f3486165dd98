import { boundsOf, drawOrder, type SceneChange, type Shape } from '@parley/board';
import type { Seen, TileCache } from '../tiles/tile-cache';

/**
 * Shapes that were seen while they were drawn or moved, and whose tiles are not ready yet: they stay where they are seen
 * until the tiles show them, so that nothing flickers.
 */
export class Settling {
  readonly #shapes = new Map<string, Shape>();
  #shown: ReadonlySet<string> = new Set();

  /** What the last frame showed outside the tiles. */
  shown(ids: ReadonlySet<string>): void {
    this.#shown = ids;
  }

  apply({ shapes }: SceneChange): void {
    for (const [id, { after }] of shapes) {
      if (after === undefined) this.#shapes.delete(id);
      else if (this.#shown.has(id) || this.#shapes.has(id)) this.#shapes.set(id, after);
    }
  }

  /** What no tile shows yet, in the order in which it is drawn. @param lifted what is drawn elsewhere anyway */
  left(tiles: TileCache, seen: Seen, lifted: ReadonlySet<string>): readonly Shape[] {
    for (const [id, shape] of this.#shapes) {
      const isOver = shape.page !== seen.page || lifted.has(id) || tiles.isReady(boundsOf(shape), seen);
      if (isOver) this.#shapes.delete(id);
    }
    return [...this.#shapes.values()].sort(drawOrder);
  }
}
