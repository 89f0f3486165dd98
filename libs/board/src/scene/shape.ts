import type { Colour } from './palette';

/** Lengths and places are in units of the page: one is a CSS pixel at 100 %, and 1/96 inch of a document. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Where a shape is: its box before it is turned about its centre. `width` and `height` are at least 0, except of lines and
 * arrows: these go from (x, y) to (x + width, y + height), whichever way that is.
 */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
  /** Radians, clockwise. */
  readonly angle: number;
}

export const shapeKinds = ['ink', 'rectangle', 'ellipse', 'line', 'arrow', 'text', 'note'] as const;
export type ShapeKind = (typeof shapeKinds)[number];

interface ShapeBase extends Box {
  readonly id: string;
  readonly page: string;
  /** The userId of who made it, as their own page says: shown, and nothing depends on it. */
  readonly author: string;
  /** Larger is above; of equal ones the one whose id sorts later. */
  readonly z: number;
  readonly colour: Colour;
  /** Width of its line; of texts and notes the size of the letters. From 1 to 400. */
  readonly size: number;
}

/** What was drawn by hand. */
export interface InkShape extends ShapeBase {
  readonly kind: 'ink';
  /** A highlighter: wide, translucent, without pressure. */
  readonly highlight: boolean;
  /** Within a box of `inkWidth` by `inkHeight`, which is stretched to the shape's own. */
  readonly points: InkPoints;
  readonly inkWidth: number;
  readonly inkHeight: number;
}

/** x, y and pressure (0 to 1) of one point after the other. */
export type InkPoints = Float32Array;

export interface OutlineShape extends ShapeBase {
  readonly kind: 'rectangle' | 'ellipse';
  readonly filled: boolean;
}

export interface LineShape extends ShapeBase {
  readonly kind: 'line' | 'arrow';
}

/** `text` grows downwards with its words; `note` is a filled square with them. */
export interface WordsShape extends ShapeBase {
  readonly kind: 'text' | 'note';
  readonly words: string;
}

/** One thing on the board, as it is now. Immutable: a changed one is another object. */
export type Shape = InkShape | OutlineShape | LineShape | WordsShape;

type Distributive<S> = S extends Shape ? Omit<S, 'id' | 'author' | 'z'> & { readonly id?: string } : never;
/** A shape to be made: the scene gives it its author, its place on top, and an id unless there is one. */
export type NewShape = Distributive<Shape>;

/** What may be changed of a shape; what a kind has not is ignored. */
export type ShapeChange = Partial<
  Pick<ShapeBase, 'x' | 'y' | 'width' | 'height' | 'angle' | 'colour' | 'size'> & { readonly filled: boolean }
>;

/** Characters of one shape's words at most. */
export const WORDS_MAX = 10_000;
/** Points of one ink shape at most: a longer one is finished, and goes on as the next. */
export const INK_POINTS_MAX = 5_000;
/** Shapes of a board at most; more are not made here. */
export const SHAPES_MAX = 50_000;
/** No coordinate is further from the origin. */
export const FAR = 1_000_000;
