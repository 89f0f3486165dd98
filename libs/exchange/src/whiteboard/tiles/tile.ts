import type { Bounds, Shape } from '@parley/board';
import type { TilePlace } from './tile-grid';

/** A bitmap of `TILE_PIXELS` by `TILE_PIXELS`. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly image: CanvasImageSource;
  /** Gives its memory back. */
  release(): void;
}

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

/** A bitmap of the browser. @throws Error if there is no 2D context */
export function canvasSurface(pixels: number): Surface {
  const canvas = document.createElement('canvas');
  canvas.width = pixels;
  canvas.height = pixels;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives no 2D context.');
  return {
    context,
    image: canvas,
    release: () => {
      // Some browsers keep the memory until the element is collected.
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}
