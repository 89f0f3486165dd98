import * as Y from 'yjs';
import { decodeInk } from './ink-codec';
import { colours, type Colour } from './palette';
import { FAR, shapeKinds, WORDS_MAX, type InkPoints, type Shape, type ShapeKind } from './shape';

/** A shape as it was made, under the key `made`; what changed since is under keys of its own. */
export type Made = Readonly<Record<string, unknown>>;

/** The ink of a shape never changes, and decoding it takes a while. */
const inks = new WeakMap<Made, { readonly points: InkPoints | undefined }>();

/** @returns undefined for what is no shape: it may come from anybody, and from any version of this page */
export function readShape(id: string, entry: unknown): Shape | undefined {
  if (!(entry instanceof Y.Map)) return undefined;
  const made: unknown = entry.get('made');
  if (!isRecord(made)) return undefined;
  const value = (key: string): unknown => (entry.has(key) ? entry.get(key) : made[key]);
  const [x, y] = pair(entry.get('at')) ?? [made.x, made.y];
  const [width, height] = pair(entry.get('extent')) ?? [made.width, made.height];
  const { kind, page, author } = made;
  const [angle, z, size, colour] = [value('angle'), value('z'), value('size'), value('colour')];
  if (!isKind(kind) || typeof page !== 'string' || typeof author !== 'string' || !isColour(colour)) return undefined;
  if (!isPlace(x) || !isPlace(y) || !isPlace(width) || !isPlace(height) || !isPlace(angle)) return undefined;
  if (!isFinite(z) || !isFinite(size) || size < 1 || size > 400) return undefined;
  const isLine = kind === 'line' || kind === 'arrow';
  if (!isLine && (width < 0 || height < 0)) return undefined;
  if (kind === 'ink') {
    const { inkWidth, inkHeight } = made;
    const points = inkOf(made);
    if (points === undefined || !isPlace(inkWidth) || !isPlace(inkHeight)) return undefined;
    const highlight = made.highlight === true;
    // Written out: to copy what all shapes have takes longer, and a board that is opened has thousands of these.
    // prettier-ignore
    return { id, page, author, x, y, width, height, angle, z, colour, size, kind, highlight, points, inkWidth, inkHeight };
  }
  const base = { id, page, author, x, y, width, height, angle, z, colour, size };
  switch (kind) {
    case 'rectangle':
    case 'ellipse':
      return { ...base, kind, filled: value('filled') === true };
    case 'line':
    case 'arrow':
      return { ...base, kind };
    case 'text':
    case 'note':
      return { ...base, kind, words: wordsOf(entry.get('words')) };
  }
}

function inkOf(made: Made): InkPoints | undefined {
  const known = inks.get(made);
  if (known !== undefined) return known.points;
  const bytes = made.ink;
  const points = bytes instanceof Uint8Array ? decodeInk(bytes) : undefined;
  inks.set(made, { points });
  return points;
}

function wordsOf(words: unknown): string {
  return words instanceof Y.Text ? words.toJSON().slice(0, WORDS_MAX) : '';
}

function pair(value: unknown): readonly [unknown, unknown] | undefined {
  return Array.isArray(value) && value.length === 2 ? [value[0], value[1]] : undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

function isPlace(value: unknown): value is number {
  return isFinite(value) && Math.abs(value) <= FAR;
}

function isColour(value: unknown): value is Colour {
  return colours.some((colour) => colour === value);
}

function isKind(value: unknown): value is ShapeKind {
  return shapeKinds.some((kind) => kind === value);
}
