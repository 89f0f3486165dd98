import { type BoardPage, type BoardScene, type Bounds, boundsOf, joinedBounds } from '@parley/board';

/** Units around what is drawn on endless paper. */
const MARGIN = 16;

/** There is nothing to export. `message` is for people. */
export class NothingToExport extends Error {
  override readonly name = 'NothingToExport';
  constructor() {
    super('There is nothing on this page yet.');
  }
}

/** What of a page is exported: a document's page as it is, of endless paper what is drawn on it. @throws NothingToExport */
export function exportArea(scene: Pick<BoardScene, 'shapes'>, { id, kind, width, height }: BoardPage): Bounds {
  if (kind === 'document') return { minX: 0, minY: 0, maxX: width, maxY: height };
  const drawn = joinedBounds(scene.shapes(id).map((shape) => boundsOf(shape)));
  if (drawn === undefined) throw new NothingToExport();
  return {
    minX: Math.floor(drawn.minX) - MARGIN,
    minY: Math.floor(drawn.minY) - MARGIN,
    maxX: Math.ceil(drawn.maxX) + MARGIN,
    maxY: Math.ceil(drawn.maxY) + MARGIN,
  };
}

export function sizeOf({ minX, minY, maxX, maxY }: Bounds): { readonly width: number; readonly height: number } {
  return { width: maxX - minX, height: maxY - minY };
}
