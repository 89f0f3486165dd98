import type { BoardEditor } from './board-editor';

/** What a clipboard event carries. */
export type Clip = Pick<DataTransfer, 'getData' | 'setData' | 'files'>;

/**
 * The browser's clipboard for a board: shapes stay in this window, and what else was copied becomes a text or files. What was
 * copied last is what is pasted: shapes leave their names, and a mark of which copy they are.
 */
export class BoardClipboard {
  readonly #editor: BoardEditor;
  #mark = '';

  constructor(editor: BoardEditor) {
    this.#editor = editor;
  }

  /** @returns whether there was something to copy */
  copy(clip: Clip, isCut: boolean): boolean {
    const shapes = this.#editor.selected();
    if (shapes.length === 0) return false;
    this.#mark = `${shapes.length === 1 ? '1 object' : `${shapes.length} objects`} of a whiteboard (${this.#editor.newId()})`;
    clip.setData('text/plain', this.#mark);
    if (isCut) this.#editor.commands.cut();
    else this.#editor.commands.copy();
    return true;
  }

  /** @returns files that somebody else is to put on the board; none where it was something else */
  paste(clip: Clip): readonly File[] {
    if (clip.files.length > 0) return [...clip.files];
    const words = clip.getData('text/plain');
    if (words !== '' && words === this.#mark) this.#editor.commands.paste();
    else this.#editor.commands.putWords(words);
    return [];
  }
}
