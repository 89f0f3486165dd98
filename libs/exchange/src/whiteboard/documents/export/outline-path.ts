import { outlineOf, type InkShape, type LineShape, type OutlineShape, type Point } from '@parley/board';
import { arrowHead } from '../../paint/arrow-head';
import { applied, type Matrix, turnOf } from './matrix';

/** A step of a path: `M` and `L` go to a point, `Q` with one control point, `C` with two, `Z` closes. */
export type Step =
  readonly ['M' | 'L', Point] | readonly ['Q', Point, Point] | readonly ['C', Point, Point, Point] | readonly ['Z'];

/** How far the control points of a quarter of a circle with radius 1 are from its ends. */
const QUARTER = 0.5522847498;

/** The path of what is drawn with lines, in units of its page and turned as the shape is. Ink is to be filled. */
export function pathOf(shape: InkShape | OutlineShape | LineShape): Step[] {
  const steps = plainPathOf(shape);
  return shape.angle === 0 ? steps : steps.map((step) => turnedStep(step, turnOf(shape)));
}

function plainPathOf(shape: InkShape | OutlineShape | LineShape): Step[] {
  switch (shape.kind) {
    case 'ink':
      return smooth(outlineOf(shape));
    case 'rectangle':
      return rectangle(shape);
    case 'ellipse':
      return ellipse(shape);
    case 'line':
    case 'arrow':
      return line(shape);
  }
}

/** As on the board: through the middles of the polygon's sides, its corners rounded. */
function smooth(outline: readonly Point[]): Step[] {
  const [last, first] = [outline.at(-1), outline[0]];
  if (last === undefined || first === undefined) return [];
  const steps: Step[] = [['M', middle(last, first)]];
  for (const [at, corner] of outline.entries()) steps.push(['Q', corner, middle(corner, outline[at + 1] ?? first)]);
  return [...steps, ['Z']];
}

function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function rectangle({ x, y, width, height }: OutlineShape): Step[] {
  return [
    ['M', { x, y }],
    ['L', { x: x + width, y }],
    ['L', { x: x + width, y: y + height }],
    ['L', { x, y: y + height }],
    ['Z'],
  ];
}

function ellipse({ x, y, width, height }: OutlineShape): Step[] {
  const [right, down] = [width / 2, height / 2];
  const at = (across: number, along: number): Point => ({ x: x + right * (1 + across), y: y + down * (1 + along) });
  return [
    ['M', at(1, 0)],
    ['C', at(1, QUARTER), at(QUARTER, 1), at(0, 1)],
    ['C', at(-QUARTER, 1), at(-1, QUARTER), at(-1, 0)],
    ['C', at(-1, -QUARTER), at(-QUARTER, -1), at(0, -1)],
    ['C', at(QUARTER, -1), at(1, -QUARTER), at(1, 0)],
    ['Z'],
  ];
}

function line(shape: LineShape): Step[] {
  const to = { x: shape.x + shape.width, y: shape.y + shape.height };
  const steps: Step[] = [
    ['M', { x: shape.x, y: shape.y }],
    ['L', to],
  ];
  if (shape.kind === 'line') return steps;
  const [one, other] = arrowHead(shape, to, shape.size);
  return [...steps, ['M', one], ['L', to], ['L', other]];
}

function turnedStep(step: Step, turn: Matrix): Step {
  switch (step[0]) {
    case 'M':
    case 'L':
      return [step[0], applied(turn, step[1])];
    case 'Q':
      return ['Q', applied(turn, step[1]), applied(turn, step[2])];
    case 'C':
      return ['C', applied(turn, step[1]), applied(turn, step[2]), applied(turn, step[3])];
    case 'Z':
      return step;
  }
}
