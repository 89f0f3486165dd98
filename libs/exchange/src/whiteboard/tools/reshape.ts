import { type Box, centreOf, type Point, turned } from '@parley/board';
import { endsOf, type HandleName, isLine, type Placed } from './handles';

/** Radians between two directions while Shift is held. */
const TURN = Math.PI / 12;
/** Radians beside a right angle that become one. */
const NEAR = Math.PI / 60;
/** Units of the page: nothing is made smaller. */
const LEAST = 1;

interface Side {
  /** -1 left, 1 right, 0 neither. */
  readonly across: -1 | 0 | 1;
  /** -1 top, 1 bottom, 0 neither. */
  readonly down: -1 | 0 | 1;
}

const sides: Readonly<Record<Exclude<HandleName, 'turn' | 'from' | 'to'>, Side>> = {
  nw: { across: -1, down: -1 },
  n: { across: 0, down: -1 },
  ne: { across: 1, down: -1 },
  e: { across: 1, down: 0 },
  se: { across: 1, down: 1 },
  s: { across: 0, down: 1 },
  sw: { across: -1, down: 1 },
  w: { across: -1, down: 0 },
};

export type SideHandle = keyof typeof sides;

/** A box whose corner or side is somewhere else; the opposite one stays. @param even whether its proportions stay */
export function resized(box: Box, handle: SideHandle, to: Point, even: boolean): Box {
  const { across, down } = sides[handle];
  const centre = centreOf(box);
  const at = turned(to, centre, -box.angle);
  const fixed = { x: centre.x - (across * box.width) / 2, y: centre.y - (down * box.height) / 2 };
  let width = across === 0 ? box.width : Math.max(LEAST, (at.x - fixed.x) * across);
  let height = down === 0 ? box.height : Math.max(LEAST, (at.y - fixed.y) * down);
  if (even && box.width > 0 && box.height > 0) {
    const factor =
      across === 0
        ? height / box.height
        : down === 0
          ? width / box.width
          : Math.max(width / box.width, height / box.height);
    [width, height] = [box.width * factor, box.height * factor];
  }
  // The new middle seen from what stays, turned as the box is.
  const stays = turned(fixed, centre, box.angle);
  const middle = turned({ x: stays.x + (across * width) / 2, y: stays.y + (down * height) / 2 }, stays, box.angle);
  return { x: middle.x - width / 2, y: middle.y - height / 2, width, height, angle: box.angle };
}

/**
 * Several shapes made larger together, as their frame is.
 *
 * Turned ones keep their proportions, and so do all with them: else they would become crooked.
 */
export function resizedTogether<S extends Placed>(
  shapes: ReadonlyMap<string, S>,
  frame: Box,
  handle: SideHandle,
  to: Point,
  even: boolean,
): Map<string, Box> {
  const crooked = [...shapes.values()].some(({ angle }) => !isRight(angle));
  const next = resized(frame, handle, to, even || crooked);
  const [across, down] = [scale(frame.width, next.width), scale(frame.height, next.height)];
  return new Map(
    [...shapes].map(([id, box]) => {
      const centre = centreOf(box);
      const middle = { x: next.x + (centre.x - frame.x) * across, y: next.y + (centre.y - frame.y) * down };
      const isAside = !crooked && Math.abs(Math.sin(box.angle)) > 0.5;
      const [width, height] = isAside
        ? [box.width * down, box.height * across]
        : [box.width * across, box.height * down];
      return [id, { x: middle.x - width / 2, y: middle.y - height / 2, width, height, angle: box.angle }];
    }),
  );
}

/** Turned about the middle of their frame, by the way from one point to another. @param inSteps by 15° */
export function turnedTogether(
  boxes: ReadonlyMap<string, Box>,
  frame: Box,
  from: Point,
  to: Point,
  inSteps: boolean,
): Map<string, Box> {
  const about = centreOf(frame);
  const by = directionOf(about, to) - directionOf(about, from);
  const angle = snapped(frame.angle + by, inSteps) - frame.angle;
  return new Map(
    [...boxes].map(([id, box]) => {
      const centre = turned(centreOf(box), about, angle);
      const { width, height } = box;
      const place = { x: centre.x - width / 2, y: centre.y - height / 2 };
      return [id, { ...place, width, height, angle: withinOneTurn(box.angle + angle) }];
    }),
  );
}

/** A line one of whose ends is somewhere else. */
export function withEnd(box: Box, end: 'from' | 'to', at: Point, inSteps: boolean): Box {
  const [from, to] = endsOf(box);
  const stays = end === 'from' ? to : from;
  let moved = at;
  if (inSteps) {
    const length = Math.hypot(at.x - stays.x, at.y - stays.y);
    const angle = Math.round(directionOf(stays, at) / TURN) * TURN;
    moved = { x: stays.x + length * Math.cos(angle), y: stays.y + length * Math.sin(angle) };
  }
  const [begins, ends] = end === 'from' ? [moved, stays] : [stays, moved];
  return { x: begins.x, y: begins.y, width: ends.x - begins.x, height: ends.y - begins.y, angle: 0 };
}

/** Where shapes are when a handle of their frame is taken from one place to another. */
export function reshaped<S extends Placed>(
  shapes: ReadonlyMap<string, S>,
  frame: Box,
  handle: HandleName,
  { from, to, shift }: { readonly from: Point; readonly to: Point; readonly shift: boolean },
): Map<string, Box> {
  if (handle === 'turn') return turnedTogether(shapes, frame, from, to, shift);
  const [only, ...more] = shapes;
  if (handle === 'from' || handle === 'to')
    return new Map([...shapes].map(([id, box]) => [id, isLine(box) ? withEnd(box, handle, to, shift) : box]));
  if (only !== undefined && more.length === 0) return new Map([[only[0], resized(only[1], handle, to, shift)]]);
  return resizedTogether(shapes, frame, handle, to, shift);
}

function scale(before: number, after: number): number {
  return before === 0 ? 1 : after / before;
}

function directionOf(from: Point, to: Point): number {
  return Math.atan2(to.y - from.y, to.x - from.x);
}

function snapped(angle: number, inSteps: boolean): number {
  if (inSteps) return Math.round(angle / TURN) * TURN;
  const right = Math.round(angle / (Math.PI / 2)) * (Math.PI / 2);
  return Math.abs(angle - right) <= NEAR ? right : angle;
}

function isRight(angle: number): boolean {
  return Math.abs(Math.sin(angle * 2)) < 1e-6;
}

/** Between half a turn to the left and half a turn to the right. */
function withinOneTurn(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}
