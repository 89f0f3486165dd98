import { box, fakeBoard } from '../controls/testing/fake-board';
import { BoardClipboard, type Clip } from './board-clipboard';

function clip(text = '', files: readonly File[] = []): Clip {
  let kept = text;
  return {
    files: files as unknown as FileList,
    getData: () => kept,
    setData: (_type, value) => (kept = value),
  };
}

describe('the clipboard of a board', () => {
  it('gives shapes back as long as nothing else was copied', () => {
    const { editor } = fakeBoard();
    const clipboard = new BoardClipboard(editor);
    const system = clip();
    expect(clipboard.copy(system, false)).toBe(false);
    editor.scene.add([box(0, 0)]);
    editor.commands.selectAll();
    expect(clipboard.copy(system, false)).toBe(true);
    clipboard.paste(system);
    expect(editor.shapes()).toHaveLength(2);
    system.setData('text/plain', 'café 日本語');
    clipboard.paste(system);
    expect(editor.shapes().at(-1)).toMatchObject({ kind: 'text', words: 'café 日本語' });
    expect(editor.selected()).toHaveLength(1);
  });

  it('cuts', () => {
    const { editor } = fakeBoard();
    const clipboard = new BoardClipboard(editor);
    const system = clip();
    editor.scene.add([box(0, 0)]);
    editor.commands.selectAll();
    clipboard.copy(system, true);
    expect(editor.shapes()).toEqual([]);
    clipboard.paste(system);
    expect(editor.shapes()).toHaveLength(1);
  });

  it('hands files on, and makes nothing of nothing', () => {
    const { editor } = fakeBoard();
    const clipboard = new BoardClipboard(editor);
    const file = new File(['x'], 'a.png');
    expect(clipboard.paste(clip('a.png', [file]))).toEqual([file]);
    expect(clipboard.paste(clip(' '))).toEqual([]);
    expect(editor.shapes()).toEqual([]);
  });
});
