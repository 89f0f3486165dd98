import type { Shape } from '@parley/board';
import type { BoardEditor } from '../editor/board-editor';
import { type Frame, frameOf } from '../tools/handles';

/** What is selected, where it is now: it may be about to move. */
export function placedSelection(editor: BoardEditor): readonly Shape[] {
  const draft = editor.draft();
  return editor.selected().map((shape) => {
    const box = draft?.boxes?.get(shape.id);
    if (box !== undefined) return { ...shape, ...box };
    const by = draft?.moved?.ids.has(shape.id) === true ? draft.moved.by : undefined;
    return by === undefined ? shape : { ...shape, x: shape.x + by.x, y: shape.y + by.y };
  });
}

/** Its frame; without handles where nothing may be changed. */
export function selectionFrame(editor: BoardEditor): Frame | undefined {
  const frame = frameOf(placedSelection(editor), 1 / editor.camera().scale);
  return frame === undefined || editor.canDraw() ? frame : { ...frame, handles: [] };
}
