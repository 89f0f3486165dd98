import type { BoardPage } from '@parley/board';
import type { ExportKind } from './controls/board-pages';
import type { Backdrops } from './documents/backdrops';
import { backdropData } from './documents/export/backdrop-data';
import { download } from './documents/export/download';
import { NothingToExport } from './documents/export/export-area';
import { exportPdf } from './documents/export/export-pdf';
import { exportPng } from './documents/export/export-png';
import { exportSvg } from './documents/export/export-svg';
import type { Documents } from './documents/pdf-documents';
import type { BoardEditor } from './editor/board-editor';

export interface SaveBoardOptions {
  /** The name of the file, without its ending. */
  readonly title: string;
  readonly documents: Pick<Documents, 'original'>;
  readonly backdrops: Backdrops;
}

/**
 * Lets the browser save the page that is seen, its whole document, or all pages. On light paper, whatever the theme: it is for
 * others, and for printing.
 *
 * @returns what to say of it
 */
export async function saveBoard(kind: ExportKind, editor: BoardEditor, options: SaveBoardOptions): Promise<string> {
  try {
    return await saveAs[kind](editor, options);
  } catch (error) {
    if (error instanceof NothingToExport) return error.message;
    throw error;
  }
}

type Save = (editor: BoardEditor, options: SaveBoardOptions) => Promise<string>;

const saveAs: Readonly<Record<ExportKind, Save>> = {
  png: async (editor, { title, backdrops }) => {
    const { blob, scale } = await exportPng(editor.scene, editor.page(), backdrops, 'light');
    download(blob, `${nameOf(title, editor.page())}.png`);
    return scale < 1 ? `The picture is saved, at ${Math.round(scale * 100)} % of its size.` : 'The picture is saved.';
  },
  svg: async (editor, { title, backdrops }) => {
    const page = editor.page();
    const backdrop = await backdropData(page, backdrops);
    const svg = exportSvg(editor.scene, page, 'light', backdrop === undefined ? {} : { backdrop });
    download(new Blob([svg], { type: 'image/svg+xml' }), `${nameOf(title, page)}.svg`);
    return 'The drawing is saved.';
  },
  pdf: async (editor, { title, documents, backdrops }) => {
    const { scene } = editor;
    const { file } = editor.page();
    const pages = editor.pages().filter((page) => page.file === file);
    const pdf = file === undefined ? undefined : await documents.original(file);
    savePdf(await exportPdf({ scene, pages, backdrops, ...(pdf && { pdf }) }), nameOf(title, editor.page()));
    return 'The document is saved, with what was drawn on it.';
  },
  'pdf-all': async (editor, { title, backdrops }) => {
    const { scene } = editor;
    const pages = editor.pages().filter(({ id, kind }) => kind === 'document' || scene.shapes(id).length > 0);
    if (pages.length === 0) throw new NothingToExport();
    savePdf(await exportPdf({ scene, pages, backdrops }), title);
    return 'The PDF is saved.';
  },
};

function savePdf(bytes: Uint8Array, name: string): void {
  download(new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }), `${name}.pdf`);
}

function nameOf(title: string, { kind, name }: BoardPage): string {
  return kind === 'document' ? `${title}, ${name}` : title;
}
