import { type BoardScene, type Bounds, boundsOf, drawOrder, type SceneChange, type Shape } from '@parley/board';
import RBush from 'rbush';

interface Entry extends Bounds {
  readonly shape: Shape;
}

/** Where the shapes of each page are. It follows a scene as its changes are given to it. */
export class ShapeIndex {
  readonly #pages = new Map<string, RBush<Entry>>();
  readonly #entries = new Map<string, Entry>();

  constructor(scene: Pick<BoardScene, 'pages' | 'shapes'>) {
    for (const { id } of scene.pages()) {
      const entries = scene.shapes(id).map(entryOf);
      for (const entry of entries) this.#entries.set(entry.shape.id, entry);
      this.#tree(id).load(entries);
    }
  }

  apply({ shapes }: SceneChange): void {
    const fresh = new Map<string, Entry[]>();
    for (const [id, { after }] of shapes) {
      const known = this.#entries.get(id);
      if (known !== undefined) this.#tree(known.shape.page).remove(known);
      this.#entries.delete(id);
      if (after === undefined) continue;
      const entry = entryOf(after);
      this.#entries.set(id, entry);
      const ofPage = fresh.get(after.page);
      if (ofPage === undefined) fresh.set(after.page, [entry]);
      else ofPage.push(entry);
    }
    // All together: a whole board that comes at once is sorted once.
    for (const [page, entries] of fresh) this.#tree(page).load(entries);
  }

  /** What may be seen in a rectangle, in the order in which it is drawn. */
  search(page: string, bounds: Bounds): Shape[] {
    const found = this.#pages.get(page)?.search(bounds) ?? [];
    return found.map(({ shape }) => shape).sort(drawOrder);
  }

  #tree(page: string): RBush<Entry> {
    let tree = this.#pages.get(page);
    if (tree === undefined) {
      tree = new RBush<Entry>();
      this.#pages.set(page, tree);
    }
    return tree;
  }
}

function entryOf(shape: Shape): Entry {
  const { minX, minY, maxX, maxY } = boundsOf(shape);
  return { minX, minY, maxX, maxY, shape };
}
