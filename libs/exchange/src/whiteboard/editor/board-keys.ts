import type { BoardEditor } from './board-editor';
import { toolNames, toolWords, type ToolName } from './tool-names';

export type BoardKey = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'isComposing'>;

/** CSS pixels that an arrow key moves something; with Shift ten times as many. */
const STEP = 4;
const TURN = Math.PI / 12;
const PAN = 60;

const toolOf = new Map<string, ToolName>(toolNames.map((tool) => [toolWords[tool].key.toLowerCase(), tool]));
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Does what a key on the board asks for. @returns whether it asked for anything */
export function obeyBoardKey(editor: BoardEditor, pressed: BoardKey): boolean {
  if (pressed.isComposing) return false;
  if (pressed.ctrlKey || pressed.metaKey) return pressed.altKey ? false : obeyCommand(editor, pressed);
  const arrow = arrows[pressed.key];
  if (arrow !== undefined) return obeyArrow(editor, arrow, pressed);
  return pressed.altKey ? false : obeyPlain(editor, pressed);
}

function obeyCommand(editor: BoardEditor, { key, shiftKey }: BoardKey): boolean {
  const { commands } = editor;
  switch (key.toLowerCase()) {
    case 'z':
      if (shiftKey) editor.redo();
      else editor.undo();
      return true;
    case 'y':
      editor.redo();
      return true;
    case 'a':
      commands.selectAll();
      return true;
    case 'd': {
      // In a call, and with nothing selected, it is the microphone's.
      const some = editor.selection().size > 0;
      if (some) commands.duplicate();
      return some;
    }
    default:
      return false;
  }
}

function obeyArrow(editor: BoardEditor, [x, y]: readonly [number, number], { altKey, shiftKey }: BoardKey): boolean {
  const step = ((shiftKey ? 10 : 1) * STEP) / editor.camera().scale;
  if (editor.selection().size > 0) {
    if (altKey) editor.commands.grow(x * step, y * step);
    else editor.commands.move(x * step, y * step);
    return true;
  }
  if (altKey) return false;
  const camera = editor.camera();
  const pan = (shiftKey ? 5 : 1) * (PAN / camera.scale);
  editor.setCamera({ ...camera, x: camera.x + x * pan, y: camera.y + y * pan });
  return true;
}

function obeyPlain(editor: BoardEditor, { key, shiftKey }: BoardKey): boolean {
  const tool = toolOf.get(key.toLowerCase());
  if (tool !== undefined) {
    editor.use(tool);
    editor.tell(`${toolWords[tool].name}.`);
    return true;
  }
  switch (key) {
    case 'Enter':
      return enter(editor);
    case 'm':
    case 'M':
      editor.commands.selectNext(shiftKey ? -1 : 1);
      return true;
    case 'Delete':
    case 'Backspace':
      editor.commands.remove();
      return true;
    case ',':
      editor.commands.turn(-TURN);
      return true;
    case '.':
      editor.commands.turn(TURN);
      return true;
    case '[':
      editor.commands.reorder('backward');
      return true;
    case ']':
      editor.commands.reorder('forward');
      return true;
    case '+':
    case '=':
      editor.zoom(1.25);
      return true;
    case '-':
      editor.zoom(0.8);
      return true;
    case '0':
      editor.fit();
      return true;
    case 'PageUp':
      turnPage(editor, -1);
      return true;
    case 'PageDown':
      turnPage(editor, 1);
      return true;
    case 'Escape':
      escape(editor);
      return true;
    default:
      return false;
  }
}

function enter(editor: BoardEditor): boolean {
  const [shape, ...more] = editor.selected();
  if (shape === undefined) editor.commands.make(editor.tool());
  else if (more.length === 0) editor.writer.resume(shape.id);
  return true;
}

/** Lets go of what is selected, then of the tool. Somebody who draws does not want to be anywhere else. */
function escape(editor: BoardEditor): void {
  if (editor.selection().size > 0) editor.select(new Set());
  else editor.use('select');
}

function turnPage(editor: BoardEditor, step: number): void {
  const pages = editor.pages();
  const page = pages[pages.findIndex(({ id }) => id === editor.page().id) + step];
  if (page !== undefined) editor.goTo(page.id);
}
