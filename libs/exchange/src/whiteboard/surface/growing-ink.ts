import { type Colour, type InkLook, inkOutline } from '@parley/board';
import { smoothPath } from '../paint/ink-path';

/** Ink that is being drawn, here or elsewhere. Points are x, y, pressure, … in units of the page. */
export interface FreshInk extends InkLook {
  readonly id: string;
  readonly colour: Colour;
  readonly points: readonly number[];
}

/** Points of a piece. */
const PIECE = 64;
/** Points that a piece repeats of the one before, so that their lines lie on each other. */
const LEAD = 12;

/**
 * The paths of a line that grows: pieces that do not change any more, and its end. However long it is, another point costs
 * as much as its end.
 */
export class GrowingInk {
  readonly id: string;
  readonly #look: InkLook;
  readonly #pieces: Path2D[] = [];
  #points: readonly number[] = [];
  /** The path of the end, for how many numbers it is, and how many pieces there were. */
  #end: { readonly path: Path2D; readonly numbers: number } | undefined;

  constructor({ id, size, highlight }: Pick<FreshInk, 'id' | 'size' | 'highlight'>) {
    this.id = id;
    this.#look = { size, highlight };
  }

  /** What is finished of it, oldest first. */
  get pieces(): readonly Path2D[] {
    return this.#pieces;
  }

  /** What follows on them. */
  get end(): Path2D {
    if (this.#end?.numbers !== this.#points.length)
      this.#end = { path: this.#path(this.#pieces.length, this.#points.length / 3), numbers: this.#points.length };
    return this.#end.path;
  }

  /**
   * @param points those from before, and some more
   * @returns whether they are: else nothing is done, and it has to be begun anew
   */
  grow(points: readonly number[]): boolean {
    if (points !== this.#points && !goesOn(this.#points, points)) return false;
    this.#points = points;
    // An end keeps at least as many points as a piece repeats: the newest may still move a little.
    while (points.length / 3 >= (this.#pieces.length + 1) * PIECE + LEAD) {
      const piece = this.#pieces.length;
      this.#pieces.push(this.#path(piece, (piece + 1) * PIECE + 1));
      this.#end = undefined;
    }
    return true;
  }

  #path(piece: number, to: number): Path2D {
    const from = Math.max(0, piece * PIECE - LEAD);
    return smoothPath(inkOutline(this.#points.slice(from * 3, to * 3), this.#look, false));
  }
}

/** Whether the later line begins as the earlier one does: its first and its last point are compared. */
function goesOn(before: readonly number[], after: readonly number[]): boolean {
  const last = before.length - 3;
  if (last < 0) return true;
  if (after.length < before.length) return false;
  return [0, 1, last, last + 1].every((at) => before[at] === after[at]);
}
