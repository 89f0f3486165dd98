import {
  type Box,
  centreOf,
  HIGHLIGHT_OPACITY,
  type InkShape,
  type LineShape,
  type OutlineShape,
  type Paper,
  type Colour,
  shades,
  type Shape,
  type WordsShape,
} from '@parley/board';
import { arrowHead } from './arrow-head';
import { inkPath } from './ink-path';
import { fontOf, LINE_HEIGHT, linesOf, paddingOf } from './words-layout';

/** Draws a shape; the context's units are those of its page. */
export function paintShape(context: CanvasRenderingContext2D, shape: Shape, paper: Paper): void {
  context.save();
  turn(context, shape, shape.angle);
  switch (shape.kind) {
    case 'ink':
      paintInk(context, shape, paper);
      break;
    case 'rectangle':
    case 'ellipse':
      paintOutline(context, shape, paper);
      break;
    case 'line':
    case 'arrow':
      paintLine(context, shape, paper);
      break;
    case 'text':
    case 'note':
      paintWords(context, shape, paper);
      break;
  }
  context.restore();
}

/** Draws a shape as if its box were another: while it is moved or changed. */
export function paintIn(context: CanvasRenderingContext2D, shape: Shape, box: Box, paper: Paper): void {
  if (box.width !== shape.width || box.height !== shape.height) {
    paintShape(context, { ...shape, ...box }, paper);
    return;
  }
  // The same object, so that the path of its ink is made no second time.
  context.save();
  turn(context, box, box.angle - shape.angle);
  context.translate(box.x - shape.x, box.y - shape.y);
  paintShape(context, shape, paper);
  context.restore();
}

/** The CSS colour of ink; a highlighter's is to be made translucent. */
export function inkColour(look: { readonly highlight: boolean; readonly colour: Colour }, paper: Paper): string {
  const { line, mark } = shades(look.colour, paper);
  return look.highlight ? mark : line;
}

function turn(context: CanvasRenderingContext2D, box: Box, angle: number): void {
  if (angle === 0) return;
  const { x, y } = centreOf(box);
  context.translate(x, y);
  context.rotate(angle);
  context.translate(-x, -y);
}

function paintInk(context: CanvasRenderingContext2D, shape: InkShape, paper: Paper): void {
  fillInk(context, inkPath(shape), shape, paper);
}

function fillInk(
  context: CanvasRenderingContext2D,
  path: Path2D,
  look: { readonly highlight: boolean; readonly colour: Colour },
  paper: Paper,
): void {
  if (look.highlight) context.globalAlpha = HIGHLIGHT_OPACITY;
  context.fillStyle = inkColour(look, paper);
  context.fill(path);
}

function paintOutline(context: CanvasRenderingContext2D, shape: OutlineShape, paper: Paper): void {
  const { x, y, width, height } = shape;
  const { line, fill } = shades(shape.colour, paper);
  context.beginPath();
  if (shape.kind === 'rectangle') context.rect(x, y, width, height);
  else {
    // Of what others only draw yet, a side may be negative: a canvas throws for such a radius, and nothing else would be seen.
    const [across, down] = [Math.abs(width) / 2, Math.abs(height) / 2];
    context.ellipse(x + width / 2, y + height / 2, across, down, 0, 0, 2 * Math.PI);
  }
  if (shape.filled) {
    context.fillStyle = fill;
    context.fill();
  }
  context.strokeStyle = line;
  context.lineWidth = shape.size;
  context.lineJoin = 'round';
  context.stroke();
}

function paintLine(context: CanvasRenderingContext2D, shape: LineShape, paper: Paper): void {
  const to = { x: shape.x + shape.width, y: shape.y + shape.height };
  context.beginPath();
  context.moveTo(shape.x, shape.y);
  context.lineTo(to.x, to.y);
  if (shape.kind === 'arrow') {
    const [one, other] = arrowHead(shape, to, shape.size);
    context.moveTo(one.x, one.y);
    context.lineTo(to.x, to.y);
    context.lineTo(other.x, other.y);
  }
  context.strokeStyle = shades(shape.colour, paper).line;
  context.lineWidth = shape.size;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke();
}

const layouts = new WeakMap<WordsShape, readonly string[]>();

function paintWords(context: CanvasRenderingContext2D, shape: WordsShape, paper: Paper): void {
  const { x, y, width, height, size } = shape;
  const note = shape.kind === 'note';
  if (note) {
    context.beginPath();
    context.rect(x, y, width, height);
    context.fillStyle = shades(shape.colour, paper).fill;
    context.fill();
    context.clip();
  }
  context.font = fontOf(size);
  context.fillStyle = shades(note ? 'ink' : shape.colour, paper).line;
  context.textBaseline = 'alphabetic';
  let lines = layouts.get(shape);
  if (lines === undefined) {
    lines = linesOf(shape, (text) => context.measureText(text).width);
    layouts.set(shape, lines);
  }
  const padding = paddingOf(shape.kind);
  // A letter reaches about four fifths of its size above the line on which it stands.
  let foot = y + padding + size * (LINE_HEIGHT / 2 + 0.35);
  for (const line of lines) {
    context.fillText(line, x + padding, foot);
    foot += size * LINE_HEIGHT;
  }
}
