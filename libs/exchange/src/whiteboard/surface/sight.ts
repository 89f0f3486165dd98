import type { BoardPage, Bounds, Point } from '@parley/board';
import { type Camera, type Viewport, viewOf } from '../camera';
import type { Seen } from '../tiles/tile-cache';

/** From where a page is seen, for one frame. */
export interface Sight {
  readonly page: BoardPage;
  readonly camera: Camera;
  /** CSS pixels. */
  readonly viewport: Viewport;
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
  /** Device pixels. */
  readonly pixels: Viewport;
  /** What is seen, in units of the page. */
  readonly view: Bounds;
  /** For the tiles. */
  readonly seen: Seen;
  /** From units of the page to device pixels. */
  readonly transform: readonly [a: number, b: number, c: number, d: number, e: number, f: number];
}

export function sightOf(page: BoardPage, camera: Camera, viewport: Viewport, ratio: number): Sight {
  const pixelsPerUnit = camera.scale * ratio;
  const view = viewOf(camera, viewport);
  return {
    page,
    camera,
    viewport,
    ratio,
    pixels: { width: Math.floor(viewport.width * ratio), height: Math.floor(viewport.height * ratio) },
    view,
    seen: { page: page.id, view, pixelsPerUnit },
    transform: [pixelsPerUnit, 0, 0, pixelsPerUnit, -camera.x * pixelsPerUnit, -camera.y * pixelsPerUnit],
  };
}

/** In device pixels. */
export function inPixels({ transform: [scale, , , , left, top] }: Sight, { x, y }: Point): Point {
  return { x: x * scale + left, y: y * scale + top };
}
