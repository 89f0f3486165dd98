import type { BoardEditor } from '../editor/board-editor';

/** Why nothing can be drawn on this page now, in words; empty when something can. */
export function whyNot(editor: BoardEditor): string {
  const { state, canWrite } = editor.status();
  if (editor.canDraw()) return '';
  if (state === 'failed') return 'The board could not be read. It is tried again.';
  if (state === 'opening') return 'The board is still opening.';
  return canWrite ? 'This page is locked.' : 'The meeting is over: the board can be read.';
}
