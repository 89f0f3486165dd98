import type { Box, Point, Shape } from '../scene/shape';

/** A rectangle along the axes. */
export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

export function centreOf({ x, y, width, height }: Omit<Box, 'angle'>): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Turns a point about another. @param angle radians, clockwise */
export function turned({ x, y }: Point, about: Point, angle: number): Point {
  if (angle === 0) return { x, y };
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [right, down] = [x - about.x, y - about.y];
  return { x: about.x + right * cos - down * sin, y: about.y + right * sin + down * cos };
}

/** The corners of a box as it is turned: top left, top right, bottom right, bottom left. */
export function cornersOf(box: Box): readonly [Point, Point, Point, Point] {
  const centre = centreOf(box);
  const { x, y, width, height, angle } = box;
  return [
    turned({ x, y }, centre, angle),
    turned({ x: x + width, y }, centre, angle),
    turned({ x: x + width, y: y + height }, centre, angle),
    turned({ x, y: y + height }, centre, angle),
  ];
}

/** What a shape covers at most, with the width of its line. */
export function boundsOf(shape: Shape): Bounds {
  const beyond = reach(shape);
  if (shape.angle === 0) {
    // Nearly all are: a board that is opened asks this of thousands.
    const { x, y, width, height } = shape;
    return {
      minX: Math.min(x, x + width) - beyond,
      minY: Math.min(y, y + height) - beyond,
      maxX: Math.max(x, x + width) + beyond,
      maxY: Math.max(y, y + height) + beyond,
    };
  }
  const corners = cornersOf(shape);
  return {
    minX: Math.min(...corners.map(({ x }) => x)) - beyond,
    minY: Math.min(...corners.map(({ y }) => y)) - beyond,
    maxX: Math.max(...corners.map(({ x }) => x)) + beyond,
    maxY: Math.max(...corners.map(({ y }) => y)) + beyond,
  };
}

/** How far a shape is drawn beyond its box. */
function reach(shape: Shape): number {
  const { size } = shape;
  switch (shape.kind) {
    case 'text':
    case 'note':
      return 0;
    case 'arrow':
      // Its head is as wide as four lines, and at least 12.
      return Math.max(size * 2, 6) + size;
    case 'ink':
      // A highlighter is as wide as four lines.
      return shape.highlight ? size * 2 : size;
    case 'line':
    case 'rectangle':
    case 'ellipse':
      return size;
  }
}

export function joinedBounds(all: Iterable<Bounds>): Bounds | undefined {
  let joined: Bounds | undefined;
  for (const each of all) {
    joined =
      joined === undefined
        ? each
        : {
            minX: Math.min(joined.minX, each.minX),
            minY: Math.min(joined.minY, each.minY),
            maxX: Math.max(joined.maxX, each.maxX),
            maxY: Math.max(joined.maxY, each.maxY),
          };
  }
  return joined;
}

export function intersects(one: Bounds, other: Bounds): boolean {
  return one.minX <= other.maxX && other.minX <= one.maxX && one.minY <= other.maxY && other.minY <= one.maxY;
}
