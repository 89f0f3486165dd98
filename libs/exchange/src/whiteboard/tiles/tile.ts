import type { Bounds, Shape } from '@parley/board';
import type { Bitmap } from '../surface/bitmap';
import type { TilePlace } from './tile-grid';

/** A bitmap of `TILE_PIXELS` by `TILE_PIXELS`. */
export type Surface = Pick<Bitmap, 'context' | 'image' | 'settle' | 'release'>;

/** A bitmap on its way: what is painted on it so far. */
export interface Baking {
  readonly surface: Surface;
  readonly shapes: Shape[];
  painted: number;
}

/** A part of a page as it looked when it was baked. */
export interface Tile {
  readonly place: TilePlace;
  readonly bounds: Bounds;
  /** Absent where there is nothing, or nothing yet. */
  surface?: Surface;
  /** Whether it has to be baked again. */
  isStale: boolean;
  baking?: Baking;
  /** The frame in which it was last seen. */
  seen: number;
}
