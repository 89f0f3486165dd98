import { degrees, PDFArray, PDFDocument, PDFName, PDFNumber, PDFRawStream, decodePDFRawStream } from '@cantoo/pdf-lib';
import { FIRST_PAGE, type WordsShape } from '@parley/board';
import { emptyScene } from '../../testing/scene';
import { arrow, ink, rectangle, words } from '../../testing/shapes';
import { sheetOf } from '../testing/fake-documents';
import { exportPdf } from './export-pdf';
import { pdfSheet } from './pdf-sheet';
import type { WordsPicture } from './words-picture';

// One white pixel.
const png = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
);

const drawn: WordsShape[] = [];
function asPixel(shape: WordsShape): Promise<WordsPicture> {
  drawn.push(shape);
  const { x, y, width, height } = shape;
  return Promise.resolve({ png, x, y, width, height });
}

/** The streams of a page, one after the other as a reader reads them. */
function streamsOf(document: PDFDocument, page: number): string[] {
  const contents = document.getPage(page).node.Contents();
  if (!(contents instanceof PDFArray)) return [];
  return contents.asArray().map((ref) => {
    const stream = document.context.lookup(ref);
    if (!(stream instanceof PDFRawStream)) throw new Error('This is no stream.');
    return new TextDecoder().decode(decodePDFRawStream(stream).decode());
  });
}

async function original(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (const page of [1, 2, 3]) {
    document.addPage([300, 400]).drawText(`Page ${page}`);
  }
  const turned = document.getPage(1);
  turned.setRotation(degrees(90));
  turned.setCropBox(10, 20, 200, 300);
  return document.save();
}

const file = '00000000-0000-4000-8000-00000000000a';

describe('what was drawn, as PDF', () => {
  beforeEach(() => (drawn.length = 0));

  it('keeps the document, and draws on its pages in their own units', async () => {
    const scene = emptyScene();
    const sheet = { ...sheetOf(file, 2), width: 400, height: 200 * (400 / 300) };
    const [id] = scene.addPages([sheet]);
    scene.add([rectangle({ page: id!, x: 0, y: 0, width: 40, height: 40, size: 3, colour: 'ink' })]);
    const pdf = await exportPdf({ scene, pages: [scene.page(id!)!], pdf: await original(), words: asPixel });
    const document = await PDFDocument.load(pdf);
    expect(document.getPageCount()).toBe(3);
    expect(document.getPage(1).getRotation().angle).toBe(90);
    const streams = streamsOf(document, 1);
    // The document's own content is between q and Q, so that it changes nothing of ours.
    expect(streams[0]!.trim()).toBe('q');
    expect(streams.at(-2)!.trim()).toBe('Q');
    const ours = streams.at(-1)!.split('\n');
    expect(ours[1]).toBe('0.000000 0.750000 0.750000 0.000000 10.000000 20.000000 cm');
    expect(ours).toEqual(expect.arrayContaining(['0 0 m', '40 0 l', '40 40 l', '0 40 l', 'h', 'S']));
    // Nothing was drawn on the others.
    expect(streamsOf(document, 0).join('\n')).not.toContain(' cm\n1 J');
    expect(streamsOf(document, 2).join('\n')).not.toContain(' cm\n1 J');
  });

  it('is one page of what is on endless paper', async () => {
    const scene = emptyScene();
    scene.add([rectangle({ x: -100, y: 200, width: 200, height: 100, size: 4 }), arrow({ x: -50, y: 250 })]);
    const document = await PDFDocument.load(await exportPdf({ scene, pages: [scene.page(FIRST_PAGE)!] }));
    // 200 by 100 units, the width of the line around them, and a margin of 16, in points.
    expect(document.getPage(0).getSize()).toEqual({ width: 240 * 0.75, height: 140 * 0.75 });
    const content = streamsOf(document, 0).join('');
    // The left edge is 120 units left of the origin, the top 180 below it.
    expect(content).toContain('0.750000 0.000000 0.000000 -0.750000 90.000000 240.000000 cm');
    expect(content.split('\n').filter((line) => line === 'S')).toHaveLength(2);
  });

  it('has a highlighter’s ink with its opacity, and curves that PDF knows', async () => {
    const scene = emptyScene();
    scene.add([ink({ highlight: true })]);
    const document = await PDFDocument.load(await exportPdf({ scene, pages: [scene.page(FIRST_PAGE)!] }));
    const content = streamsOf(document, 0).join('');
    const name = /\/(\S+) gs/u.exec(content)![1]!;
    const state = document.getPage(0).node.normalizedEntries().ExtGState.lookup(PDFName.of(name)) as unknown as {
      lookup(key: PDFName): unknown;
    };
    expect((state.lookup(PDFName.of('ca')) as PDFNumber).asNumber()).toBe(0.4);
    expect(content).toMatch(/^[\d. -]+ c$/mu);
    expect(content).not.toMatch(/e-\d|NaN|Infinity/u);
  });

  it('has words as pictures where they are, and notes on their paper', async () => {
    const scene = emptyScene();
    scene.add([words({ x: 10, y: 20, words: '日本語 👩‍👩‍👧' })]);
    const document = await PDFDocument.load(
      await exportPdf({ scene, pages: [scene.page(FIRST_PAGE)!], words: asPixel }),
    );
    expect(drawn.map(({ words: text }) => text)).toEqual(['日本語 👩‍👩‍👧']);
    const content = streamsOf(document, 0).join('');
    expect(content).toContain('124.000000 0.000000 0.000000 -124.000000 10.000000 144.000000 cm');
    expect(content).toMatch(/\/Words\S* Do/u);
    expect(content.indexOf('\nf\n')).toBeLessThan(content.indexOf(' Do'));
  });

  it('leaves pages alone on which nothing was drawn, and ignores pages that the document has not', async () => {
    const scene = emptyScene();
    const [one, other] = scene.addPages([sheetOf(file, 1), sheetOf(file, 9)]);
    scene.add([ink({ page: other! })]);
    const pages = [scene.page(one!)!, scene.page(other!)!];
    const document = await PDFDocument.load(await exportPdf({ scene, pages, pdf: await original() }));
    expect(streamsOf(document, 0).join('')).not.toContain('1 J 1 j');
  });
});

describe('how a PDF shows a page', () => {
  it.each([
    [90, 90],
    [-90, 270],
    [450, 90],
    [720, 0],
    [45, 0],
  ])('turned by %i it is turned by %i', async (given, shown) => {
    const document = await PDFDocument.create();
    const page = document.addPage([100, 200]);
    page.node.set(PDFName.of('Rotate'), PDFNumber.of(given));
    const library = await import('@cantoo/pdf-lib');
    expect(pdfSheet(library, page)).toEqual({ box: { minX: 0, minY: 0, maxX: 100, maxY: 200 }, rotation: shown });
  });

  it('is the part of its crop box that is on the page', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([100, 200]);
    const library = await import('@cantoo/pdf-lib');
    page.setCropBox(50, 50, 100, 100);
    expect(pdfSheet(library, page).box).toEqual({ minX: 50, minY: 50, maxX: 100, maxY: 150 });
    page.setCropBox(500, 500, 100, 100);
    expect(pdfSheet(library, page).box).toEqual({ minX: 0, minY: 0, maxX: 100, maxY: 200 });
  });
});
