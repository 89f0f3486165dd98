import type { Point } from '@parley/board';
import type { BoardEditor } from '../editor/board-editor';
import { insideAt, topmostAt } from '../hit-test';
import { handleAt, type HandleName } from '../tools/handles';
import { mayUse } from './presses';
import { selectionFrame } from './selection';

/** CSS pixels beside a shape that still are on it. */
const SLACK = 5;

/** Directions of the handles, in eighths of a turn from the right. */
const directions: Readonly<Partial<Record<HandleName, number>>> = {
  e: 0,
  se: 1,
  s: 2,
  sw: 3,
  w: 4,
  nw: 5,
  n: 6,
  ne: 7,
};
const arrows = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const;

/** The CSS cursor that says what a press would do there. @param reach CSS pixels around a handle */
export function cursorStyle(editor: BoardEditor, at: Point, reach: number): string {
  const tool = editor.tool();
  if (!mayUse(editor, tool)) return 'not-allowed';
  switch (tool) {
    case 'hand':
      return 'grab';
    case 'text':
      return 'text';
    case 'select':
      return selectStyle(editor, at, reach);
    default:
      return 'crosshair';
  }
}

function selectStyle(editor: BoardEditor, at: Point, reach: number): string {
  const pixel = 1 / editor.camera().scale;
  const frame = selectionFrame(editor);
  const handle = frame && handleAt(frame, at, reach, pixel);
  if (frame !== undefined && handle !== undefined) {
    const direction = directions[handle.name];
    if (direction === undefined) return 'grab';
    const eighths = Math.round(direction + frame.box.angle / (Math.PI / 4));
    return arrows[((eighths % 4) + 4) % 4] ?? 'grab';
  }
  const page = editor.page().id;
  const hit = topmostAt(editor.index, page, at, SLACK * pixel);
  if (hit !== undefined) return editor.canDraw() ? 'move' : 'pointer';
  const inside = insideAt(editor.index, page, at);
  return inside !== undefined && editor.canDraw() && editor.selection().has(inside.id) ? 'move' : 'default';
}
