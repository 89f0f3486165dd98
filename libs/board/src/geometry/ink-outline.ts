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
export function inkOutline(points: ArrayLike<number>, look: InkLook, finished = true): Point[] {
  return strokeOf(points, look, finished).map(([x, y]) => ({ x, y }));
}

function strokeOf(
  points: ArrayLike<number>,
  { size, highlight }: InkLook,
  finished: boolean,
): readonly [number, number][] {
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
  });
}

/** Ink is stored in steps of twice this: what is thinner has no width that could be stretched. */
const LEAST_SIDE = 1 / 16;

/** How far the points of an ink shape are stretched to fill its box: a finite number, whatever somebody has stored. */
export function inkStretch(shape: InkShape): { readonly across: number; readonly down: number } {
  const { width, height, inkWidth, inkHeight } = shape;
  return {
    across: inkWidth < LEAST_SIDE ? 1 : width / inkWidth,
    down: inkHeight < LEAST_SIDE ? 1 : height / inkHeight,
  };
}

/** The outline of an ink shape in units of its page, before it is turned about its centre. */
export function outlineOf(shape: InkShape): Point[] {
  const { x, y } = shape;
  const { across, down } = inkStretch(shape);
  return strokeOf(shape.points, shape, true).map(([right, below]) => ({ x: x + right * across, y: y + below * down }));
}
