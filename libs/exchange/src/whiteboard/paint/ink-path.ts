import { type InkShape, outlineOf, type Point } from '@parley/board';

const paths = new WeakMap<InkShape, Path2D>();

/** The path around an ink shape in units of its page, not turned. Made once for each shape object, for these never change. */
export function inkPath(shape: InkShape): Path2D {
  const known = paths.get(shape);
  if (known !== undefined) return known;
  const path = smoothPath(outlineOf(shape));
  paths.set(shape, path);
  return path;
}

/** A closed path that goes through the middles of a polygon's sides, its corners rounded. */
export function smoothPath(outline: readonly Point[]): Path2D {
  const path = new Path2D();
  const last = outline.at(-1);
  const first = outline[0];
  if (last === undefined || first === undefined) return path;
  path.moveTo((last.x + first.x) / 2, (last.y + first.y) / 2);
  let corner = first;
  for (let at = 1; at <= outline.length; at += 1) {
    const next = outline[at] ?? first;
    path.quadraticCurveTo(corner.x, corner.y, (corner.x + next.x) / 2, (corner.y + next.y) / 2);
    corner = next;
  }
  path.closePath();
  return path;
}
