import type { NewPage } from '@parley/board';
import type { ExchangeFile } from '@parley/protocol';
import type { BoardEditor } from './editor/board-editor';

export interface FilePlacerOptions {
  readonly editor: () => BoardEditor;
  /** One page for each sheet. @throws Error where the file cannot be read */
  readonly pages: (file: ExchangeFile) => Promise<readonly NewPage[]>;
  /** Whether the board is gone from the page. */
  readonly isOver: () => boolean;
  readonly report: (error: unknown) => void;
}

/** Puts files on the board, each once however often it is asked for while it is read, and shows their first page. */
export class FilePlacer {
  readonly #options: FilePlacerOptions;
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(options: FilePlacerOptions) {
    this.#options = options;
  }

  /** Never fails: what went wrong is told on the board. */
  place(file: ExchangeFile): Promise<void> {
    const known = this.#underWay.get(file.id);
    if (known !== undefined) return known;
    const placing = this.#place(file).finally(() => this.#underWay.delete(file.id));
    this.#underWay.set(file.id, placing);
    return placing;
  }

  async #place(file: ExchangeFile): Promise<void> {
    const { editor, pages, isOver, report } = this.#options;
    try {
      if (showPageOf(file, editor()) || !mayAdd(editor())) return;
      const made = await pages(file);
      // Reading it takes a while: the board may be another one now, the file on it, or the meeting over.
      if (isOver() || showPageOf(file, editor()) || !mayAdd(editor())) return;
      const { length } = editor().scene.addPages(made);
      if (length > 0) showPageOf(file, editor());
      if (length < made.length)
        editor().tell(`${length} of ${made.length} pages of ${file.name} are on the board: more cannot be.`);
    } catch (error) {
      if (isOver()) return;
      editor().tell(`${file.name} cannot be shown.`);
      report(error);
    }
  }
}

/** @returns whether it is on the board */
function showPageOf(file: ExchangeFile, editor: BoardEditor): boolean {
  const page = editor.pages().find((each) => each.file === file.id);
  if (page === undefined) return false;
  editor.goTo(page.id);
  editor.tell(`${file.name} is on the board.`);
  return true;
}

function mayAdd(editor: BoardEditor): boolean {
  const { canWrite } = editor.status();
  if (!canWrite) editor.tell('Nothing can be put on this board now.');
  return canWrite;
}
