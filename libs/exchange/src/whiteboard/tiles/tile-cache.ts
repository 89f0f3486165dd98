import { type Bounds, boundsOf, drawOrder, intersects, type SceneChange, type Shape } from '@parley/board';
import { canvasBitmap } from '../surface/bitmap';
import type { ShapeIndex } from './shape-index';
import type { Surface, Tile } from './tile';
import { keyOf, levelFor, TILE_PIXELS, tileBounds, type TilePlace, tilesIn } from './tile-grid';

/** Bitmaps kept at most, of 1 MiB each, unless more than these are seen at once. */
export const TILES_MAX = 160;
/** Places that are known at most for each bitmap that may be kept: of most of an endless page there is none. */
const KNOWN = 8;
/** New shapes of one change that are painted onto the tiles: with more, asking for each what is above it takes too long. */
const FRESH_MAX = 100;
/** Shapes that are painted between two looks at the clock, at least; at first no more: what one costs is not known yet. */
const BATCH = 32;
/** And at most so many times as many as before: the next ones may be larger. */
const BATCH_GROWTH = 8;

export interface TileOptions {
  readonly index: ShapeIndex;
  readonly paint: (context: CanvasRenderingContext2D, shape: Shape) => void;
  /** Milliseconds. */
  readonly now?: () => number;
  readonly surface?: (pixels: number) => Surface;
  readonly tilesMax?: number;
}

/** Where a page is seen: device pixels for a unit, and the place at the top left. */
export interface Seen {
  readonly page: string;
  readonly view: Bounds;
  readonly pixelsPerUnit: number;
}

/**
 * Finished shapes as bitmaps: a frame costs by the tiles that are seen, whatever is on them. A tile that is no longer right
 * stays until the next one is ready.
 */
export class TileCache {
  readonly #index: ShapeIndex;
  readonly #paint: TileOptions['paint'];
  readonly #now: () => number;
  readonly #surface: (pixels: number) => Surface;
  readonly #tilesMax: number;
  readonly #tiles = new Map<string, Tile>();
  #hidden: ReadonlySet<string> = new Set();
  #frame = 0;
  /** Milliseconds that a shape took of late. */
  #pace = Number.POSITIVE_INFINITY;

  constructor({
    index,
    paint,
    now = () => performance.now(),
    surface = (pixels) => canvasBitmap(pixels, pixels),
    tilesMax,
  }: TileOptions) {
    this.#index = index;
    this.#paint = paint;
    this.#now = now;
    this.#surface = surface;
    this.#tilesMax = tilesMax ?? TILES_MAX;
  }

  /** Bitmaps that are kept now. */
  get size(): number {
    let size = 0;
    for (const tile of this.#tiles.values()) size += bitmapsOf(tile);
    return size;
  }

  /** After the index has followed. What is new on top is painted onto the tiles; all else makes them stale. */
  apply({ shapes }: SceneChange): void {
    const fresh: Shape[] = [];
    for (const { before, after } of shapes.values()) {
      if (before !== undefined) this.#invalidate(before);
      if (after === undefined) continue;
      if (before === undefined) fresh.push(after);
      else this.#invalidate(after);
    }
    if (fresh.length > FRESH_MAX) {
      for (const shape of fresh) this.#invalidate(shape);
      return;
    }
    const added = new Set(fresh.map(({ id }) => id));
    for (const shape of fresh.sort(drawOrder)) {
      const above = this.#index
        .search(shape.page, boundsOf(shape))
        .some((other) => !added.has(other.id) && drawOrder(other, shape) > 0);
      if (above || this.#hidden.has(shape.id)) this.#invalidate(shape);
      else this.#paintOnto(shape);
    }
  }

  /** Leaves shapes out: these are drawn elsewhere while they are moved. */
  hide(shapes: Iterable<Shape>): void {
    const all = [...shapes];
    const ids = new Set(all.map(({ id }) => id));
    for (const shape of all) if (!this.#hidden.has(shape.id)) this.#invalidate(shape);
    for (const tile of this.#tiles.values()) {
      const shown = this.#index
        .search(tile.place.page, tile.bounds)
        .some(({ id }) => this.#hidden.has(id) && !ids.has(id));
      if (shown) stale(tile);
    }
    this.#hidden = ids;
  }

  /** Everything looks different: another paper. */
  clear(): void {
    for (const tile of this.#tiles.values()) this.#drop(tile);
  }

  /** Draws what is there. The context's units are device pixels, from the top left of the view. */
  draw(context: CanvasRenderingContext2D, seen: Seen): void {
    this.#frame++;
    for (const place of placesOf(seen)) {
      const tile = this.#tileAt(place);
      tile.seen = this.#frame;
      if (tile.surface !== undefined) drawTile(context, tile.surface, tile.bounds, seen);
      else if (tile.isStale) this.#drawOther(context, tile, seen);
    }
  }

  /** Whether a part of a page is drawn as it is now, as far as it is seen. */
  isReady(bounds: Bounds, seen: Seen): boolean {
    return placesOf(seen).every((place) => {
      if (!intersects(tileBounds(place), bounds)) return true;
      const tile = this.#tiles.get(keyOf(place));
      return tile !== undefined && !tile.isStale;
    });
  }

  /**
   * Bakes tiles that are seen until its time is over, at least a few shapes.
   *
   * @param budget milliseconds
   * @returns whether there is more to bake
   */
  bake(seen: Seen, budget: number): boolean {
    const until = this.#now() + budget;
    let hasBegun = false;
    for (const place of placesOf(seen)) {
      const tile = this.#tileAt(place);
      if (!tile.isStale) continue;
      if (hasBegun && this.#now() >= until) return true;
      hasBegun = true;
      if (!this.#bakeTile(tile, until)) return true;
    }
    this.#forget();
    return false;
  }

  /** @returns whether the tile is ready */
  #bakeTile(tile: Tile, until: number): boolean {
    tile.baking ??= this.#begin(tile);
    const { baking } = tile;
    if (baking === undefined) {
      tile.surface?.release();
      tile.surface = undefined;
      tile.isStale = false;
      return true;
    }
    let batch = BATCH;
    while (baking.painted < baking.shapes.length) {
      const [from, started] = [baking.painted, this.#now()];
      batch = batchFor((until - started) / this.#pace, batch * BATCH_GROWTH);
      for (const shape of baking.shapes.slice(from, from + batch)) {
        this.#paint(baking.surface.context, shape);
        baking.painted++;
      }
      // All of a bitmap is copied for this: it is done as seldom as the clock allows.
      baking.surface.settle();
      const now = this.#now();
      this.#pace = (now - started) / (baking.painted - from);
      if (now + BATCH * this.#pace >= until) break;
    }
    if (baking.painted < baking.shapes.length) return false;
    tile.surface?.release();
    tile.surface = baking.surface;
    tile.baking = undefined;
    tile.isStale = false;
    return true;
  }

  #begin({ place, bounds }: Tile): Tile['baking'] {
    const shapes = this.#index.search(place.page, bounds).filter(({ id }) => !this.#hidden.has(id));
    return shapes.length === 0 ? undefined : { surface: this.#surfaceAt(place), shapes, painted: 0 };
  }

  #surfaceAt(place: TilePlace): Surface {
    const surface = this.#surface(TILE_PIXELS);
    const scale = 2 ** place.level;
    surface.context.setTransform(scale, 0, 0, scale, -place.column * TILE_PIXELS, -place.row * TILE_PIXELS);
    return surface;
  }

  #paintOnto(shape: Shape): void {
    for (const tile of this.#touched(shape)) {
      if (tile.baking !== undefined) tile.baking.shapes.push(shape);
      if (tile.surface !== undefined) this.#paint(tile.surface.context, shape);
      // Of an empty tile that nobody sees no bitmap is made.
      else tile.isStale = true;
    }
  }

  #invalidate(shape: Shape): void {
    for (const tile of this.#touched(shape)) stale(tile);
  }

  #touched(shape: Shape): Tile[] {
    const bounds = boundsOf(shape);
    return [...this.#tiles.values()].filter(
      (tile) => tile.place.page === shape.page && intersects(tile.bounds, bounds),
    );
  }

  /** In place of a tile that is not there yet: its part at the nearest other level, or else what is painted of it so far. */
  #drawOther(context: CanvasRenderingContext2D, { place, bounds, baking }: Tile, seen: Seen): void {
    const others = [...this.#tiles.values()].filter(
      (other) => other.surface !== undefined && other.place.page === place.page && intersects(other.bounds, bounds),
    );
    if (others.length === 0) {
      if (baking !== undefined) drawTile(context, baking.surface, bounds, seen);
      return;
    }
    const away = (other: Tile): number => Math.abs(other.place.level - place.level);
    const nearest = Math.min(...others.map(away));
    const { left, top, width, height } = boxOf(bounds, seen);
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    for (const other of others) {
      if (away(other) === nearest && other.surface !== undefined) drawTile(context, other.surface, other.bounds, seen);
    }
    context.restore();
  }

  #tileAt(place: TilePlace): Tile {
    const key = keyOf(place);
    let tile = this.#tiles.get(key);
    if (tile === undefined) {
      tile = { place, bounds: tileBounds(place), isStale: true, seen: this.#frame };
      this.#tiles.set(key, tile);
    }
    return tile;
  }

  /** Drops the bitmaps that were not seen for the longest time, and what is known of empty places when it is too much. */
  #forget(): void {
    let beyond = this.size - this.#tilesMax;
    const known = this.#tiles.size - this.#tilesMax * KNOWN;
    if (beyond <= 0 && known <= 0) return;
    const unseen = [...this.#tiles.values()].filter(({ seen }) => seen < this.#frame);
    for (const tile of unseen.sort((one, other) => one.seen - other.seen)) {
      const bitmaps = bitmapsOf(tile);
      if (bitmaps === 0 ? known <= 0 : beyond <= 0) continue;
      beyond -= bitmaps;
      this.#drop(tile);
    }
  }

  #drop(tile: Tile): void {
    tile.surface?.release();
    tile.baking?.surface.release();
    this.#tiles.delete(keyOf(tile.place));
  }
}

/** @param left how many shapes the time that is left is enough for, at the pace so far, which is no promise */
function batchFor(left: number, most: number): number {
  return Math.max(BATCH, Math.min(Math.floor(left * 0.8) || 0, most));
}

function bitmapsOf({ surface, baking }: Tile): number {
  return Number(surface !== undefined) + Number(baking !== undefined);
}

function stale(tile: Tile): void {
  tile.isStale = true;
  tile.baking?.surface.release();
  tile.baking = undefined;
}

function placesOf({ page, view, pixelsPerUnit }: Seen): TilePlace[] {
  return tilesIn(page, levelFor(pixelsPerUnit), view);
}

interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** On whole pixels, so that no seam is seen between two tiles. */
function boxOf(bounds: Bounds, { view, pixelsPerUnit }: Seen): PixelBox {
  const left = Math.round((bounds.minX - view.minX) * pixelsPerUnit);
  const top = Math.round((bounds.minY - view.minY) * pixelsPerUnit);
  const width = Math.round((bounds.maxX - view.minX) * pixelsPerUnit) - left;
  const height = Math.round((bounds.maxY - view.minY) * pixelsPerUnit) - top;
  return { left, top, width, height };
}

function drawTile(context: CanvasRenderingContext2D, { image }: Surface, bounds: Bounds, seen: Seen): void {
  const { left, top, width, height } = boxOf(bounds, seen);
  context.drawImage(image, left, top, width, height);
}
