import { type Bounds, type Box, cornersOf, type Paper, type Point } from '@parley/board';
import type { Frame } from '../tools/handles';
import { aroundColours } from './around-colours';

/** CSS pixels across a handle as it is seen; it is taken from further away. */
const HANDLE = 11;

/** How places of the page become device pixels. */
export interface OnScreen {
  readonly toPixels: (point: Point) => Point;
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
  readonly paper: Paper;
}

/** What is selected, and where one takes hold of it. */
export function paintFrame(context: CanvasRenderingContext2D, { box, handles }: Frame, screen: OnScreen): void {
  const { toPixels, ratio } = screen;
  const turn = handles.find(({ name }) => name === 'turn');
  const [nw, ne] = cornersOf(box);
  const hasEnds = handles.some(({ name }) => name === 'from');
  context.save();
  if (!hasEnds) outline(context, box, screen);
  if (turn !== undefined) {
    context.beginPath();
    trace(context, [{ x: (nw.x + ne.x) / 2, y: (nw.y + ne.y) / 2 }, turn].map(toPixels));
    twice(context, screen);
  }
  for (const handle of handles) {
    const { x, y } = toPixels(handle);
    const isRound = handle.name === 'turn' || handle.name === 'from' || handle.name === 'to';
    paintHandle(context, { x, y, side: HANDLE * ratio, angle: box.angle, isRound }, screen);
  }
  context.restore();
}

/** One shape of several that are selected. */
export function paintOutline(context: CanvasRenderingContext2D, box: Box, { toPixels, ratio, paper }: OnScreen): void {
  context.save();
  context.beginPath();
  trace(context, cornersOf(box).map(toPixels));
  context.closePath();
  context.strokeStyle = aroundColours[paper].mark;
  context.globalAlpha = 0.6;
  context.lineWidth = ratio;
  context.stroke();
  context.restore();
}

/** What is marked to be selected. */
export function paintMarquee(
  context: CanvasRenderingContext2D,
  bounds: Bounds,
  { toPixels, ratio, paper }: OnScreen,
): void {
  const from = toPixels({ x: bounds.minX, y: bounds.minY });
  const to = toPixels({ x: bounds.maxX, y: bounds.maxY });
  context.save();
  context.fillStyle = aroundColours[paper].markFill;
  context.fillRect(from.x, from.y, to.x - from.x, to.y - from.y);
  context.strokeStyle = aroundColours[paper].mark;
  context.lineWidth = ratio;
  context.strokeRect(from.x, from.y, to.x - from.x, to.y - from.y);
  context.restore();
}

function outline(context: CanvasRenderingContext2D, box: Box, screen: OnScreen): void {
  context.beginPath();
  trace(context, cornersOf(box).map(screen.toPixels));
  context.closePath();
  twice(context, screen);
}

interface HandlePlace extends Point {
  readonly side: number;
  readonly angle: number;
  readonly isRound: boolean;
}

function paintHandle(context: CanvasRenderingContext2D, place: HandlePlace, { ratio, paper }: OnScreen): void {
  const { x, y, side, angle, isRound } = place;
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.beginPath();
  if (isRound) context.arc(0, 0, side / 2, 0, 2 * Math.PI);
  else context.roundRect(-side / 2, -side / 2, side, side, 2 * ratio);
  context.fillStyle = aroundColours[paper].rim;
  context.fill();
  context.strokeStyle = aroundColours[paper].mark;
  context.lineWidth = 1.75 * ratio;
  context.stroke();
  context.restore();
}

/** With a rim, so that it is seen on everything. */
function twice(context: CanvasRenderingContext2D, { ratio, paper }: OnScreen): void {
  const { rim, mark } = aroundColours[paper];
  context.strokeStyle = rim;
  context.lineWidth = 3.5 * ratio;
  context.stroke();
  context.strokeStyle = mark;
  context.lineWidth = 1.5 * ratio;
  context.stroke();
}

function trace(context: CanvasRenderingContext2D, points: readonly Point[]): void {
  for (const [at, { x, y }] of points.entries()) {
    if (at === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}
