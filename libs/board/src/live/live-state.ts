import type { Colour } from '../scene/palette';

/**
 * What one window tells the others of itself while it goes on: never stored, and the latest is what counts. Places are in
 * units of the page.
 */
export interface LiveState {
  readonly page: string;
  /** Where the pointer is; absent where it is not on the board. */
  readonly cursor?: readonly [x: number, y: number];
  /** Ink that is being drawn. */
  readonly ink?: LiveInk;
  /** A rectangle, an arrow, … that is being drawn, or shapes that are being moved or changed. */
  readonly drafts?: readonly LiveDraft[];
  /** Where the laser has just been, oldest first: x, y, x, y, … */
  readonly laser?: readonly number[];
  /** Whoever presents: what they see. Others may follow. */
  readonly view?: LiveView;
}

export interface LiveInk {
  /** The id that the finished shape will have. */
  readonly id: string;
  readonly colour: Colour;
  readonly size: number;
  readonly highlight: boolean;
  /** How many points came before these. */
  readonly from: number;
  /** x, y, pressure, x, y, pressure, … in units of the page. Each message repeats some, for those who missed one. */
  readonly points: readonly number[];
}

/** The box of a shape as it will be. Of one that does not exist yet also what it looks like. */
export interface LiveDraft {
  readonly id: string;
  readonly box: readonly [x: number, y: number, width: number, height: number, angle: number];
  readonly made?: {
    readonly kind: 'rectangle' | 'ellipse' | 'line' | 'arrow';
    readonly colour: Colour;
    readonly size: number;
    readonly filled: boolean;
  };
}

export interface LiveView {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
