import { computed, effect, type Signal } from '@angular/core';
import type { NewPage } from '@parley/board';
import type { ExchangeFile } from '@parley/protocol';
import type { ExportKind } from './controls/board-pages';
import type { Backdrops } from './documents/backdrops';
import { DocumentBackdrops } from './documents/document-backdrops';
import { Documents } from './documents/pdf-documents';
import type { BoardEditor } from './editor/board-editor';

/** The documents of an exchange on its board. */
export interface DocumentsOnBoard {
  readonly backdrops: Backdrops;
  /** @throws Error where it cannot be read */
  pages(file: ExchangeFile): Promise<readonly NewPage[]>;
  /** Lets the browser save what is on the board. @returns what to say of it */
  save(kind: ExportKind, editor: BoardEditor, about: SaveOptions): Promise<string>;
}

export interface SaveOptions {
  /** The name of the file, without its ending. */
  readonly title: string;
}

/** Documents for as long as the current injector lives. */
export function injectDocuments(exchangeId: Signal<string>): Signal<DocumentsOnBoard> {
  const opened = computed(() => {
    const documents = new Documents({ exchangeId: exchangeId() });
    const backdrops = new DocumentBackdrops({ documents });
    return {
      documents,
      backdrops,
      pages: (file: ExchangeFile) => documents.pages(file),
      save: async (kind: ExportKind, editor: BoardEditor, options: SaveOptions) => {
        const { saveBoard } = await import('./save-board');
        return saveBoard(kind, editor, { ...options, documents, backdrops });
      },
    };
  });
  effect((onCleanup) => {
    const { documents, backdrops } = opened();
    onCleanup(() => {
      backdrops.close();
      documents.close();
    });
  });
  return opened;
}
