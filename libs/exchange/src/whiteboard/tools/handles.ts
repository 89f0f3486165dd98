import { type Box, centreOf, cornersOf, joinedBounds, type Point, type Shape, turned } from '@parley/board';

/** Where one takes hold of what is selected: corners, sides, the handle above that turns it, and the ends of a line. */
export type HandleName = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'turn' | 'from' | 'to';

export interface Handle extends Point {
  readonly name: HandleName;
}

/** What is around everything selected. One shape's is turned as the shape is; that of several lies along the axes. */
export interface Frame {
  readonly box: Box;
  /** Absent where one may only look. */
  readonly handles: readonly Handle[];
}

/** CSS pixels between a frame and the handle that turns it. */
const TURN_ABOVE = 28;
/** CSS pixels of a side that has a handle of its own; shorter ones have those of the corners. */
const SIDE_LEAST = 56;

/** A shape whose box may be another one than the scene's, while it is moved or changed. */
export type Placed = Pick<Shape, 'kind'> & Box;

/**
 * The frame of what is selected.
 *
 * @param pixel units of the page in one CSS pixel
 * @returns undefined of nothing
 */
export function frameOf(shapes: readonly Placed[], pixel: number): Frame | undefined {
  const [shape, ...more] = shapes;
  if (shape === undefined) return undefined;
  if (more.length > 0) {
    const box = boxAround(shapes);
    return box && { box, handles: boxHandles(box, pixel, true) };
  }
  const { x, y, width, height, angle } = shape;
  const box = { x, y, width, height, angle };
  if (isLine(shape)) return { box, handles: ends(box) };
  return { box, handles: boxHandles(box, pixel, shape.kind !== 'text') };
}

/**
 * The same frame a little further out, so that it does not lie on the very line of what is selected.
 *
 * @param by units of the page
 */
export function frameOutside({ box, handles }: Frame, by: number): Frame {
  if (handles.some(({ name }) => name === 'from')) return { box, handles };
  const centre = centreOf(box);
  const outwards = (from: number, middle: number): number =>
    Math.abs(from - middle) < 1e-6 ? from : from + Math.sign(from - middle) * by;
  return {
    box: { ...box, x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by },
    handles: handles.map(({ name, ...at }) => {
      const upright = turned(at, centre, -box.angle);
      const moved = { x: outwards(upright.x, centre.x), y: outwards(upright.y, centre.y) };
      return { name, ...turned(moved, centre, box.angle) };
    }),
  };
}

/** @param reach CSS pixels around a handle that are taken for it */
export function handleAt({ handles }: Frame, at: Point, reach: number, pixel: number): Handle | undefined {
  const away = ({ x, y }: Point): number => Math.hypot(x - at.x, y - at.y);
  const near = handles.filter((handle) => away(handle) <= reach * pixel);
  return near.sort((one, other) => away(one) - away(other))[0];
}

export function isLine({ kind }: Pick<Shape, 'kind'>): boolean {
  return kind === 'line' || kind === 'arrow';
}

/** Where a line or an arrow begins and ends as it is turned. */
export function endsOf(box: Box): readonly [from: Point, to: Point] {
  const centre = centreOf(box);
  const end = { x: box.x + box.width, y: box.y + box.height };
  return [turned(box, centre, box.angle), turned(end, centre, box.angle)];
}

function ends(box: Box): Handle[] {
  const [from, to] = endsOf(box);
  return [
    { name: 'from', ...from },
    { name: 'to', ...to },
  ];
}

/** @param freely whether its height is not given by its words */
function boxHandles(box: Box, pixel: number, freely: boolean): Handle[] {
  const [nw, ne, se, sw] = cornersOf(box);
  const corners: Handle[] = [
    { name: 'nw', ...nw },
    { name: 'ne', ...ne },
    { name: 'se', ...se },
    { name: 'sw', ...sw },
  ];
  const sides: Handle[] = [];
  if (!freely || box.height >= SIDE_LEAST * pixel)
    sides.push({ name: 'e', ...middle(ne, se) }, { name: 'w', ...middle(nw, sw) });
  if (freely && box.width >= SIDE_LEAST * pixel)
    sides.push({ name: 'n', ...middle(nw, ne) }, { name: 's', ...middle(sw, se) });
  const top = { x: box.x + box.width / 2, y: box.y - TURN_ABOVE * pixel };
  return [...(freely ? corners : []), ...sides, { name: 'turn', ...turned(top, centreOf(box), box.angle) }];
}

function boxAround(boxes: readonly Box[]): Box | undefined {
  const all = boxes.flatMap((box) => cornersOf(box).map(({ x, y }) => ({ minX: x, minY: y, maxX: x, maxY: y })));
  const bounds = joinedBounds(all);
  if (bounds === undefined) return undefined;
  const { minX, minY, maxX, maxY } = bounds;
  return { x: minX, y: minY, width: maxX - minX, height: maxY - minY, angle: 0 };
}

function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}
