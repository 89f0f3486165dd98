import { type Point, shades, type Shape, type WordsShape } from '@parley/board';
import { chained, type Matrix, turnOf } from './matrix';
import { pathOf, type Step } from './outline-path';

/** What a page's content needs beside itself, by the name that it has there. */
export interface PdfNames {
  /** A graphics state with a highlighter's opacity. */
  readonly highlight: string;
  /** The picture of a text's or a note's words, and where it is before it is turned. */
  words(shape: WordsShape): PdfPicture | undefined;
  /** What is drawn before the shapes. */
  readonly under?: readonly string[];
}

export interface PdfPicture {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The content stream that draws shapes. @param matrix from the board's page to the PDF's */
export function pdfContent(shapes: readonly Shape[], matrix: Matrix, names: PdfNames): string {
  const drawn = shapes.flatMap((shape) => shapeContent(shape, names));
  return ['q', `${numbers(matrix)} cm`, '1 J 1 j', ...(names.under ?? []), ...drawn, 'Q', ''].join('\n');
}

/** Draws a picture upright into a rectangle of the board's page. */
export function pictureContent({ name, x, y, width, height }: PdfPicture, turn?: Matrix): string[] {
  // A PDF's picture fills the square from (0, 0) to (1, 1), and its y goes upwards.
  const place: Matrix = [width, 0, 0, -height, x, y + height];
  return ['q', `${numbers(turn === undefined ? place : chained(place, turn))} cm`, `/${name} Do`, 'Q'];
}

function shapeContent(shape: Shape, names: PdfNames): string[] {
  const { line, fill, mark } = shades(shape.colour, 'light');
  switch (shape.kind) {
    case 'ink': {
      const path = [`${colour(shape.highlight ? mark : line)} rg`, ...pathOf(shape).flatMap(commands()), 'f'];
      return shape.highlight ? ['q', `/${names.highlight} gs`, ...path, 'Q'] : path;
    }
    case 'rectangle':
    case 'ellipse':
      return [
        ...(shape.filled ? [`${colour(fill)} rg`] : []),
        `${colour(line)} RG ${number(shape.size)} w`,
        ...pathOf(shape).flatMap(commands()),
        shape.filled ? 'B' : 'S',
      ];
    case 'line':
    case 'arrow':
      return [`${colour(line)} RG ${number(shape.size)} w`, ...pathOf(shape).flatMap(commands()), 'S'];
    case 'text':
    case 'note': {
      const words = names.words(shape);
      const paper = shape.kind === 'note' ? noteContent(shape, fill) : [];
      return words === undefined ? paper : [...paper, ...pictureContent(words, turnOf(shape))];
    }
  }
}

function noteContent(shape: WordsShape, fill: string): string[] {
  const path = pathOf({ ...shape, kind: 'rectangle', filled: true });
  return [`${colour(fill)} rg`, ...path.flatMap(commands()), 'f'];
}

/** PDF knows curves with two control points only. */
function commands(): (step: Step) => string[] {
  let at: Point = { x: 0, y: 0 };
  return (step) => {
    const from = at;
    switch (step[0]) {
      case 'M':
      case 'L':
        at = step[1];
        return [`${points(at)} ${step[0].toLowerCase()}`];
      case 'Q':
        at = step[2];
        return [`${points(towards(from, step[1]), towards(at, step[1]), at)} c`];
      case 'C':
        at = step[3];
        return [`${points(step[1], step[2], at)} c`];
      case 'Z':
        return ['h'];
    }
  };
}

function towards(from: Point, control: Point): Point {
  return { x: from.x + ((control.x - from.x) * 2) / 3, y: from.y + ((control.y - from.y) * 2) / 3 };
}

function points(...all: readonly Point[]): string {
  return all.map(({ x, y }) => `${number(x)} ${number(y)}`).join(' ');
}

/** PDF writes numbers without exponents. */
function number(value: number): string {
  return String(Number(value.toFixed(3)) + 0);
}

function numbers(matrix: Matrix): string {
  return matrix.map((value) => value.toFixed(6)).join(' ');
}

/** @param hex `#rrggbb` */
function colour(hex: string): string {
  return [1, 3, 5].map((at) => number(Number.parseInt(hex.slice(at, at + 2), 16) / 255)).join(' ');
}
