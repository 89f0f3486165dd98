import type { PDFDocument, PDFName, PDFPage } from '@cantoo/pdf-lib';
import { type BoardPage, type BoardScene, HIGHLIGHT_OPACITY, type Shape, type WordsShape } from '@parley/board';
import type { Backdrops } from '../backdrops';
import { UNITS_PER_POINT } from '../page-units';
import { exportArea, sizeOf } from './export-area';
import { canvasOf, jpegOf } from './export-canvas';
import { chained, type Matrix } from './matrix';
import { pdfContent, pictureContent, type PdfPicture } from './pdf-content';
import { pdfSheet } from './pdf-sheet';
import { sheetMatrix } from './sheet-matrix';
import { type DrawWords, drawWords } from './words-picture';

/** Points of the longer side of a page at most: readers show no larger ones. */
const POINTS_MAX = 14_400;
/** Pixels per unit of what lies under the ink where it is a picture. */
const BACKDROP_SHARPNESS = 2;

export interface PdfExportOptions {
  readonly scene: Pick<BoardScene, 'shapes'>;
  /** Of `pdf`, where that is given: its pages that are on the board. Otherwise each becomes a page of its own. */
  readonly pages: readonly BoardPage[];
  /** The document itself: all of its pages stay as they are, and what was drawn on them is drawn on them. */
  readonly pdf?: Uint8Array;
  /** For pages of documents, where there is no `pdf`. */
  readonly backdrops?: Pick<Backdrops, 'render'>;
  /** Draws words as pictures; in the browser's own letters, unless told otherwise. */
  readonly words?: DrawWords;
}

type Library = typeof import('@cantoo/pdf-lib');

/**
 * What was drawn, as PDF: ink and shapes as paths, words as pictures. Always on light paper.
 *
 * @throws NothingToExport; Error where `pdf` cannot be read; what {@link Backdrops.render} throws
 */
export async function exportPdf(options: PdfExportOptions): Promise<Uint8Array> {
  const library = await import('@cantoo/pdf-lib');
  const { pdf, pages } = options;
  if (pdf === undefined) {
    const document = await library.PDFDocument.create();
    for (const page of pages) await addPage(library, document, page, options);
    return await document.save();
  }
  const document = await library.PDFDocument.load(pdf, { updateMetadata: false });
  const sheets = document.getPages();
  for (const page of pages) {
    const sheet = sheets[(page.sheet ?? 1) - 1];
    if (sheet === undefined) continue;
    const matrix = sheetMatrix(pdfSheet(library, sheet), page);
    await draw(library, document, sheet, matrix, options.scene.shapes(page.id), options);
  }
  return await document.save();
}

async function addPage(
  library: Library,
  document: PDFDocument,
  page: BoardPage,
  options: PdfExportOptions,
): Promise<void> {
  const area = exportArea(options.scene, page);
  const size = sizeOf(area);
  const scale = Math.min(1 / UNITS_PER_POINT, POINTS_MAX / Math.max(size.width, size.height));
  const [width, height] = [size.width * scale, size.height * scale];
  const sheet = document.addPage([width, height]);
  const toCorner: Matrix = [1, 0, 0, 1, -area.minX, -area.minY];
  const matrix = chained(
    toCorner,
    sheetMatrix({ box: { minX: 0, minY: 0, maxX: width, maxY: height }, rotation: 0 }, size),
  );
  const under = page.kind === 'document' ? await options.backdrops?.render(page, BACKDROP_SHARPNESS) : undefined;
  const backdrop = under === undefined ? undefined : await backdropOf(document, sheet, page, under);
  await draw(library, document, sheet, matrix, options.scene.shapes(page.id), options, backdrop);
}

async function backdropOf(
  document: PDFDocument,
  sheet: PDFPage,
  page: BoardPage,
  under: CanvasImageSource,
): Promise<PdfPicture> {
  const { width, height } = page;
  const [canvas, context] = canvasOf({ width: width * BACKDROP_SHARPNESS, height: height * BACKDROP_SHARPNESS });
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(under, 0, 0, canvas.width, canvas.height);
  const image = await document.embedJpg(await (await jpegOf(canvas)).arrayBuffer());
  return { name: nameOf(sheet.node.newXObject('Page', image.ref)), x: 0, y: 0, width, height };
}

async function draw(
  library: Library,
  document: PDFDocument,
  sheet: PDFPage,
  matrix: Matrix,
  shapes: readonly Shape[],
  { words = drawWords }: PdfExportOptions,
  backdrop?: PdfPicture,
): Promise<void> {
  if (shapes.length === 0 && backdrop === undefined) return;
  const { context } = document;
  const state = context.obj({ Type: 'ExtGState', ca: HIGHLIGHT_OPACITY, BM: 'Normal' });
  const pictures = new Map<WordsShape, PdfPicture>();
  for (const shape of shapes) {
    if (shape.kind !== 'text' && shape.kind !== 'note') continue;
    const drawn = await words(shape);
    if (drawn === undefined) continue;
    const image = await document.embedPng(drawn.png);
    pictures.set(shape, { ...drawn, name: nameOf(sheet.node.newXObject('Words', image.ref)) });
  }
  const content = pdfContent(shapes, matrix, {
    highlight: nameOf(sheet.node.newExtGState('Highlight', context.register(state))),
    words: (shape) => pictures.get(shape),
    ...(backdrop === undefined ? {} : { under: pictureContent(backdrop) }),
  });
  // What is on the page already is put between q and Q, so that it changes nothing of what follows.
  sheet.node.normalize();
  const before = sheet.node.Contents();
  const streams = before instanceof library.PDFArray ? before.asArray() : [];
  // A list of its own: another page may share the one that was there.
  const ref = context.register(context.flateStream(content));
  sheet.node.set(library.PDFName.of('Contents'), context.obj([...streams, ref]));
}

function nameOf(name: PDFName): string {
  return name.decodeText();
}
