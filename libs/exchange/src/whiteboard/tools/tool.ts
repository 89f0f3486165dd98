import type { BoardScene, Bounds, Box, Colour, LiveDraft, Point } from '@parley/board';
import type { ShapeIndex } from '../tiles/shape-index';

/** Where a pointer is, in units of the page. */
export interface Sample extends Point {
  /** From 0 to 1; 0.5 of what has none. */
  readonly pressure: number;
  /** Shift is held: squares, circles, and lines in steps of 15°. */
  readonly shift: boolean;
}

/** How what is drawn next looks. */
export interface Look {
  readonly colour: Colour;
  /** Units of the page. */
  readonly size: number;
  readonly filled: boolean;
}

/** What is going on and not on the board yet: shown here, and told to the others. */
export interface Draft {
  readonly ink?: { readonly id: string; readonly points: readonly number[]; readonly highlight: boolean } & Look;
  /** A shape that is being drawn. */
  readonly made?: { readonly id: string; readonly box: Box } & NonNullable<LiveDraft['made']>;
  /** How far these shapes are moved, in units of the page. */
  readonly moved?: { readonly ids: ReadonlySet<string>; readonly by: Point };
  /** Where these shapes will be: they are made larger or turned. */
  readonly boxes?: ReadonlyMap<string, Box>;
  /** What is marked to be selected. */
  readonly marquee?: Bounds;
  /** Shapes that are about to go. */
  readonly erased?: ReadonlySet<string>;
}

/** What a tool works on. */
export interface Surroundings {
  readonly scene: BoardScene;
  readonly index: ShapeIndex;
  readonly page: string;
  readonly look: Look;
  readonly selection: ReadonlySet<string>;
  readonly select: (ids: ReadonlySet<string>) => void;
  /** Units of the page in one CSS pixel: what is near on the screen is so at any zoom. */
  readonly pixel: number;
  readonly newId: () => string;
  /** Undefined when nothing goes on any more. */
  readonly show: (draft: Draft | undefined) => void;
  /** One may select and look, and moves nothing. */
  readonly fixed?: boolean;
}

/** One use of a tool, from where the pointer goes down to where it goes up. */
export interface Gesture {
  /** Everything since the last call, oldest first. */
  move(samples: readonly Sample[]): void;
  /** @returns ids of what was made or changed */
  end(): readonly string[];
  /** As if it had never begun. */
  cancel(): void;
}

/** Begins a gesture where the pointer goes down. */
export type Tool = (at: Sample, around: Surroundings) => Gesture;
