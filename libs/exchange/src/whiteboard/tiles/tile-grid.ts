import type { Bounds } from '@parley/board';

/** Pixels along a tile. */
export const TILE_PIXELS = 512;

/** Which tile: at a `level` a unit of the page is 2^level pixels, and tile (0, 0) begins at the origin. */
export interface TilePlace {
  readonly page: string;
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** The level for a scale: its pixels are stretched by a seventh at most, and never by half or less. */
export function levelFor(pixelsPerUnit: number): number {
  return Math.ceil(Math.log2(pixelsPerUnit) - 0.2) + 0;
}

export function keyOf({ page, level, column, row }: TilePlace): string {
  return `${level}/${column}/${row}/${page}`;
}

export function tileBounds({ level, column, row }: TilePlace): Bounds {
  const size = TILE_PIXELS / 2 ** level;
  return { minX: column * size, minY: row * size, maxX: (column + 1) * size, maxY: (row + 1) * size };
}

/** The tiles that cover a part of a page, row by row. */
export function tilesIn(page: string, level: number, { minX, minY, maxX, maxY }: Bounds): TilePlace[] {
  const size = TILE_PIXELS / 2 ** level;
  const places: TilePlace[] = [];
  for (let row = Math.floor(minY / size); row * size < maxY; row++) {
    for (let column = Math.floor(minX / size); column * size < maxX; column++)
      places.push({ page, level, column, row });
  }
  return places;
}
