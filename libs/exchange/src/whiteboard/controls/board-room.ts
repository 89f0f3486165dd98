import type { BoardEditor } from '../editor/board-editor';

/** CSS pixels of the surface below which the controls lie along its lower edge, at hand for a thumb. */
const NARROW = 640;
const LOW = 480;

/** Whether a narrow board is wide enough for everything at its upper edge to lie in one row. */
export function isLow(editor: BoardEditor): boolean {
  return isNarrow(editor) && editor.viewport().width >= NARROW;
}

/** Whether there is little room on the board: a phone, a small window, or an enlarged page. */
export function isNarrow(editor: BoardEditor): boolean {
  const { width, height } = editor.viewport();
  return width > 0 && (width < NARROW || height < LOW);
}
