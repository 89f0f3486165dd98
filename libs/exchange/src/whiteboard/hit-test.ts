import {
  type Bounds,
  centreOf,
  cornersOf,
  type InkShape,
  inkStretch,
  type Point,
  type Shape,
  turned,
} from '@parley/board';
import type { ShapeIndex } from './tiles/shape-index';

/**
 * The topmost shape at a point.
 *
 * @param slack how far beside a shape one may be, in units of the page
 */
export function topmostAt(index: ShapeIndex, page: string, point: Point, slack: number): Shape | undefined {
  return index.search(page, around(point, slack)).findLast((shape) => isHit(shape, point, slack));
}

/** The topmost outline around a point, filled or not. */
export function insideAt(index: ShapeIndex, page: string, point: Point): Shape | undefined {
  return index
    .search(page, around(point, 0))
    .findLast((shape) => (shape.kind === 'rectangle' || shape.kind === 'ellipse') && isInside(shape, point));
}

function isInside(shape: Shape, point: Point): boolean {
  const at = turned(point, centreOf(shape), -shape.angle);
  return shape.kind === 'ellipse' ? isInEllipse(shape, at, 0) : isInBox(shape, at, 0);
}

/** All shapes that a short line touches: what an eraser goes over. */
export function touchedBy(index: ShapeIndex, page: string, from: Point, to: Point, slack: number): Shape[] {
  const bounds = {
    minX: Math.min(from.x, to.x) - slack,
    minY: Math.min(from.y, to.y) - slack,
    maxX: Math.max(from.x, to.x) + slack,
    maxY: Math.max(from.y, to.y) + slack,
  };
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / Math.max(slack, 0.01)));
  const places = Array.from({ length: Math.min(steps, 1_000) + 1 }, (_, step) => {
    const part = step / Math.min(steps, 1_000);
    return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
  });
  return index.search(page, bounds).filter((shape) => places.some((place) => isHit(shape, place, slack)));
}

/** The shapes of which every corner is in a rectangle. */
export function shapesWithin(index: ShapeIndex, page: string, { minX, minY, maxX, maxY }: Bounds): Shape[] {
  return index
    .search(page, { minX, minY, maxX, maxY })
    .filter((shape) => cornersOf(shape).every(({ x, y }) => x >= minX && x <= maxX && y >= minY && y <= maxY));
}

/** Whether a point is on a shape: on what is drawn of it, so within an outline that is not filled is beside it. */
export function isHit(shape: Shape, point: Point, slack: number): boolean {
  const at = turned(point, centreOf(shape), -shape.angle);
  switch (shape.kind) {
    case 'ink':
      return isOnInk(shape, at, slack + (shape.highlight ? shape.size * 2 : shape.size * 0.8));
    case 'line':
    case 'arrow':
      return distance(at, shape, { x: shape.x + shape.width, y: shape.y + shape.height }) <= slack + shape.size / 2;
    case 'rectangle':
      return (
        isInBox(shape, at, slack + shape.size / 2) && (shape.filled || !isInBox(shape, at, -slack - shape.size / 2))
      );
    case 'ellipse':
      return (
        isInEllipse(shape, at, slack + shape.size / 2) &&
        (shape.filled || !isInEllipse(shape, at, -slack - shape.size / 2))
      );
    case 'text':
    case 'note':
      return isInBox(shape, at, slack);
  }
}

function isInBox({ x, y, width, height }: Shape, at: Point, beyond: number): boolean {
  return at.x >= x - beyond && at.x <= x + width + beyond && at.y >= y - beyond && at.y <= y + height + beyond;
}

function isInEllipse(shape: Shape, at: Point, beyond: number): boolean {
  const centre = centreOf(shape);
  const [across, down] = [shape.width / 2 + beyond, shape.height / 2 + beyond];
  if (across <= 0 || down <= 0) return false;
  return ((at.x - centre.x) / across) ** 2 + ((at.y - centre.y) / down) ** 2 <= 1;
}

function isOnInk(shape: InkShape, at: Point, reach: number): boolean {
  if (!isInBox(shape, at, reach)) return false;
  const { points, x, y } = shape;
  const { across, down } = inkStretch(shape);
  const place = (of: number): Point => ({ x: x + (points[of] ?? 0) * across, y: y + (points[of + 1] ?? 0) * down });
  let from = place(0);
  for (let of = 0; of < points.length; of += 3) {
    const to = place(of);
    if (distance(at, from, to) <= reach) return true;
    from = to;
  }
  return false;
}

/** From a point to the nearest place of a line between two others. */
function distance(at: Point, from: Point, to: Point): number {
  const [across, down] = [to.x - from.x, to.y - from.y];
  const square = across ** 2 + down ** 2;
  const part = square === 0 ? 0 : ((at.x - from.x) * across + (at.y - from.y) * down) / square;
  const near = Math.min(1, Math.max(0, part));
  return Math.hypot(at.x - from.x - near * across, at.y - from.y - near * down);
}

function around({ x, y }: Point, reach: number): Bounds {
  return { minX: x - reach, minY: y - reach, maxX: x + reach, maxY: y + reach };
}
