import { type Bounds, boundsOf, type Shape } from '@parley/board';
import { fitted, viewOf } from '../camera';
import type { BoardEditor } from './board-editor';

const known = new WeakMap<Shape, Bounds>();

/** What a shape covers, worked out once for each: shapes never change. */
export function knownBounds(shape: Shape): Bounds {
  let bounds = known.get(shape);
  if (bounds === undefined) {
    bounds = boundsOf(shape);
    known.set(shape, bounds);
  }
  return bounds;
}

/** Moves the view so that all of something is seen; where it is already, nothing moves. */
export function bringIntoView(editor: BoardEditor, bounds: Bounds): void {
  const viewport = editor.viewport();
  const camera = editor.camera();
  if (viewport.width === 0) return;
  const view = viewOf(camera, viewport);
  const isSeen =
    view.minX <= bounds.minX && view.minY <= bounds.minY && bounds.maxX <= view.maxX && bounds.maxY <= view.maxY;
  if (isSeen) return;
  const there = fitted(bounds, viewport);
  // As large as it was, where it has room then.
  const scale = Math.min(camera.scale, there.scale);
  editor.setCamera({
    scale,
    x: (bounds.minX + bounds.maxX) / 2 - viewport.width / scale / 2,
    y: (bounds.minY + bounds.maxY) / 2 - viewport.height / scale / 2,
  });
}
