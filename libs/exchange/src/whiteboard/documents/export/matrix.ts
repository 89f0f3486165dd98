import type { Box, Point } from '@parley/board';

/** x' = a·x + c·y + e, y' = b·x + d·y + f; as PDF and canvases write it. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export function applied([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** What does `first`, then `second`. */
export function chained(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [A, B, C, D, E, F] = second;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

/** Turns about the centre of a box. */
export function turnOf({ x, y, width, height, angle }: Box): Matrix {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [centreX, centreY] = [x + width / 2, y + height / 2];
  return [cos, sin, -sin, cos, centreX - centreX * cos + centreY * sin, centreY - centreX * sin - centreY * cos];
}
