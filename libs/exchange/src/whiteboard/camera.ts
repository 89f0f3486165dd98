import { type Bounds, FAR, type Point } from '@parley/board';

/** What part of a page is seen: the place at the top left of the view, and how many CSS pixels a unit has. */
export interface Camera extends Point {
  readonly scale: number;
}

/** In CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export const SCALE_MIN = 0.05;
export const SCALE_MAX = 16;
/** Around what is fitted into the view, in CSS pixels. */
export const FIT_MARGIN = 32;

export const startCamera: Camera = { x: 0, y: 0, scale: 1 };

export function toScreen(camera: Camera, { x, y }: Point): Point {
  return { x: (x - camera.x) * camera.scale, y: (y - camera.y) * camera.scale };
}

export function toWorld(camera: Camera, { x, y }: Point): Point {
  return { x: camera.x + x / camera.scale, y: camera.y + y / camera.scale };
}

/** @param across how far what is seen moves to the right, in CSS pixels */
export function panned(camera: Camera, across: number, down: number): Camera {
  return limited({ ...camera, x: camera.x - across / camera.scale, y: camera.y - down / camera.scale });
}

/** Larger by a factor, within the limits, while what is below a point of the screen stays there. */
export function zoomedAbout(camera: Camera, point: Point, factor: number): Camera {
  const scale = limitedScale(camera.scale * factor);
  const below = toWorld(camera, point);
  return limited({ scale, x: below.x - point.x / scale, y: below.y - point.y / scale });
}

/** CSS pixels along the edges of a view that something else lies over. */
export interface Insets {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const noInsets: Insets = { left: 0, top: 0, right: 0, bottom: 0 };

/** All of something in the middle of what is free of the view; small things are not shown larger than they are. */
export function fitted(bounds: Bounds, { width, height }: Viewport, insets = noInsets): Camera {
  const [across, down] = [bounds.maxX - bounds.minX, bounds.maxY - bounds.minY];
  const free = { width: width - insets.left - insets.right, height: height - insets.top - insets.bottom };
  const room = (size: number): number => Math.max(1, size - 2 * FIT_MARGIN);
  const scale = limitedScale(
    Math.min(1, room(free.width) / Math.max(across, 1), room(free.height) / Math.max(down, 1)),
  );
  return limited({
    scale,
    x: (bounds.minX + bounds.maxX) / 2 - (insets.left + free.width / 2) / scale,
    y: (bounds.minY + bounds.maxY) / 2 - (insets.top + free.height / 2) / scale,
  });
}

/** What is seen, in units of the page. */
export function viewOf(camera: Camera, { width, height }: Viewport): Bounds {
  const { x, y, scale } = camera;
  return { minX: x, minY: y, maxX: x + width / scale, maxY: y + height / scale };
}

function limited({ x, y, scale }: Camera): Camera {
  return { x: within(x, -FAR, FAR), y: within(y, -FAR, FAR), scale };
}

function limitedScale(scale: number): number {
  return within(scale, SCALE_MIN, SCALE_MAX);
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
