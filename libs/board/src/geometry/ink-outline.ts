import getStroke from 'perfect-freehand';
import type { InkShape, Point } from '../scene/shape';

/** How ink is drawn. */
export interface InkLook {
  readonly size: number;
  readonly highlight: boolean;
}

/**
 * The polygon around a line that was drawn by hand: fill it.
 *
 * @param points x, y, pressure (0 to 1), …
 * @param finished whether more points may follow
 */
export function inkOutline(points: ArrayLike<number>, { size, highlight }: InkLook, finished = true): Point[] {
  const input: [number, number, number][] = [];
  for (let at = 0; at + 2 < points.length; at += 3) {
    input.push([points[at] ?? 0, points[at + 1] ?? 0, points[at + 2] ?? 0.5]);
  }
  return getStroke(input, {
    size: highlight ? size * 4 : size * 1.6,
    thinning: highlight ? 0 : 0.55,
    smoothing: 0.5,
    streamline: 0.3,
    simulatePressure: false,
    last: finished,
  }).map(([x, y]) => ({ x, y }));
}

/** The outline of an ink shape in units of its page, before it is turned about its centre. */
export function outlineOf(shape: InkShape): Point[] {
  const { x, y, width, height, inkWidth, inkHeight } = shape;
  const [across, down] = [inkWidth === 0 ? 1 : width / inkWidth, inkHeight === 0 ? 1 : height / inkHeight];
  return inkOutline(shape.points, shape).map((point) => ({ x: x + point.x * across, y: y + point.y * down }));
}
