import type { Point } from '@parley/board';
import { type Camera, panned, zoomedAbout } from '../camera';

/** CSS pixels of a line and of a page, for wheels that count in these. */
const [LINE, PAGE] = [16, 600];
/** The most that one turn of a wheel zooms: by a quarter more or so. */
const ZOOM_MOST = 0.25;

export type WheelTurn = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Where one looks after a turn of the wheel: it pans, with Shift sideways, with Ctrl (as pinched trackpads say) it zooms. */
export function afterWheel(camera: Camera, at: Point, turn: WheelTurn): Camera {
  const unit = turn.deltaMode === 1 ? LINE : turn.deltaMode === 2 ? PAGE : 1;
  const [x, y] = [turn.deltaX * unit, turn.deltaY * unit];
  if (turn.ctrlKey || turn.metaKey)
    return zoomedAbout(camera, at, Math.exp(Math.min(ZOOM_MOST, Math.max(-ZOOM_MOST, -y * 0.01))));
  // Some browsers turn the direction themselves.
  return turn.shiftKey && x === 0 ? panned(camera, -y, 0) : panned(camera, -x, -y);
}

/** Two fingers on a page: what was below their middle stays there, and it grows as they part. */
export class Pinch {
  readonly #camera: Camera;
  readonly #from: readonly [Point, Point];

  constructor(camera: Camera, one: Point, other: Point) {
    this.#camera = camera;
    this.#from = [one, other];
  }

  camera(one: Point, other: Point): Camera {
    const before = middle(...this.#from);
    const after = middle(one, other);
    const factor = apart(one, other) / Math.max(1, apart(...this.#from));
    return panned(zoomedAbout(this.#camera, before, factor), after.x - before.x, after.y - before.y);
  }
}

function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function apart(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
