import type { Point } from '@parley/board';

/** The two ends of an arrow's head, whose tip is `to`. As wide as four lines, at least 12, and no longer than the arrow. */
export function arrowHead(from: Point, to: Point, size: number): readonly [Point, Point] {
  const [right, down] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(right, down);
  if (length === 0) return [to, to];
  const half = Math.max(size * 2, 6);
  const back = Math.min(half * 1.6, length);
  const [along, aside] = [
    { x: (right / length) * back, y: (down / length) * back },
    { x: (-down / length) * half, y: (right / length) * half },
  ];
  return [
    { x: to.x - along.x + aside.x, y: to.y - along.y + aside.y },
    { x: to.x - along.x - aside.x, y: to.y - along.y - aside.y },
  ];
}
