import { box, fakeBoard } from '../controls/testing/fake-board';
import { boardKeys } from './board-key-list';
import { obeyBoardKey } from './board-keys';
import { toolNames, toolWords } from './tool-names';

function keys(viewport?: { width: number; height: number }) {
  const board = fakeBoard(viewport);
  const press = (key: string, more: { ctrl?: boolean; shift?: boolean; alt?: boolean } = {}): boolean =>
    obeyBoardKey(board.editor, {
      key,
      ctrlKey: more.ctrl === true,
      metaKey: false,
      shiftKey: more.shift === true,
      altKey: more.alt === true,
      isComposing: false,
    });
  return { ...board, press };
}

describe('the keys of the board', () => {
  it('reach every tool, each with its own key', () => {
    const { editor, press } = keys();
    for (const tool of toolNames) {
      expect(press(toolWords[tool].key.toLowerCase())).toBe(true);
      expect(editor.tool()).toBe(tool);
    }
    expect(new Set(toolNames.map((tool) => toolWords[tool].key)).size).toBe(toolNames.length);
    expect(boardKeys.map(({ does }) => does)).toEqual(expect.arrayContaining(['Pen', 'Show everything']));
  });

  it('make a shape, move, resize, turn, copy, stack and delete it, and take all that back', () => {
    const { editor, press } = keys();
    press('r');
    press('Enter');
    const made = editor.shapes()[0]!;
    press('ArrowRight', { shift: true });
    press('ArrowUp');
    press('ArrowDown', { alt: true });
    press('.');
    expect(editor.shapes()[0]).toMatchObject({
      x: made.x + 40,
      y: made.y - 4,
      width: made.width,
      height: made.height + 4,
      angle: Math.PI / 12,
    });
    press('d', { ctrl: true });
    press('[');
    expect(editor.shapes().map(({ id }) => editor.selection().has(id))).toEqual([true, false]);
    press('Delete');
    press('m');
    press('Backspace');
    expect(editor.shapes()).toEqual([]);
    for (let step = 0; step < 9; step++) press('z', { ctrl: true });
    expect(editor.history()).toEqual({ canUndo: false, canRedo: true });
    for (let step = 0; step < 9; step++) press('z', { ctrl: true, shift: true });
    expect(editor.shapes()).toEqual([]);
  });

  it('go through the objects, and write in those of words', () => {
    const { editor, press } = keys();
    editor.scene.add([box(0, 0), { ...box(200, 0), kind: 'note', words: 'café', size: 18 }]);
    press('m');
    expect(editor.news().text).toBe('Blue rectangle selected.');
    press('m');
    expect(editor.news().text).toBe('Sticky note: café selected.');
    press('Enter');
    expect(editor.writer.writing()?.words).toBe('café');
    editor.writer.finish();
    press('M', { shift: true });
    expect(editor.selected()[0]?.kind).toBe('rectangle');
    // What is selected is seen.
    editor.setCamera({ x: 5_000, y: 0, scale: 1 });
    press('M', { shift: true });
    expect(editor.centre()).toEqual({ x: 250, y: 25 });
  });

  it('begin to write with the tools of words', () => {
    const { editor, press } = keys();
    press('t');
    press('Enter');
    expect(editor.writer.writing()).toMatchObject({ kind: 'text', words: '' });
  });

  it('move the view where nothing is selected, zoom, and turn pages', () => {
    const { editor, press } = keys();
    editor.scene.addPages([
      { kind: 'document', name: 'a', file: '00000000-0000-4000-8000-00000000000a', sheet: 1, width: 100, height: 100 },
    ]);
    press('ArrowDown');
    expect(editor.camera()).toMatchObject({ x: 0, y: 60 });
    press('+');
    expect(editor.camera().scale).toBe(1.25);
    press('PageDown');
    expect(editor.page().name).toBe('a');
    press('PageDown');
    press('PageUp');
    expect(editor.page().id).toBe('board');
    press('0');
    expect(editor.camera()).toEqual({ x: 0, y: 0, scale: 1 });
  });

  it('are not those of the browser and the page', () => {
    const { press, editor } = keys();
    for (const key of ['d', 'p', 's', 'r', 'f', 'c', 'x', 'v']) expect(press(key, { ctrl: true })).toBe(false);
    expect(press('1', { alt: true })).toBe(false);
    expect(press('ArrowLeft', { alt: true })).toBe(false);
    expect(press('?')).toBe(false);
    expect(editor.shapes()).toEqual([]);
  });

  it('Escape lets go of what is selected, then of the tool, and leads nowhere else', () => {
    const { press, editor } = keys();
    editor.scene.add([box(0, 0)]);
    press('a', { ctrl: true });
    press('Escape');
    expect([editor.selection().size, editor.tool()]).toEqual([0, 'select']);
    press('p');
    expect([press('Escape'), editor.tool()]).toEqual([true, 'select']);
    expect(press('Escape')).toBe(true);
  });
});
