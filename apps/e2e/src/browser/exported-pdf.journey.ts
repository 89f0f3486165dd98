import { degrees, PDFDocument, PDFName, PDFNumber, StandardFonts } from '@cantoo/pdf-lib';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const workspace = join(import.meta.dirname, '..', '..', '..', '..');
const pdfjs = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const origin = 'http://board.test';

interface Turned {
  readonly rotation: number;
  readonly cropped: boolean;
  readonly unit: number;
}

/** Each way in which a PDF may say that its page is shown otherwise than it is drawn. */
const ways: readonly Turned[] = [0, 90, 180, 270].flatMap((rotation) => [
  { rotation, cropped: false, unit: 1 },
  { rotation, cropped: true, unit: 1 },
  { rotation, cropped: true, unit: 2 },
]);

test('an exported PDF has the ink where it was drawn, however its pages are turned and cropped', async ({ page }) => {
  await openExporter(page);
  const seen = await page.evaluate(exportAndLook, [...(await document())]);
  expect(seen).toHaveLength(ways.length);
  for (const [at, colours] of seen.entries()) {
    expect({ ...ways[at], ...colours }).toEqual({
      ...ways[at],
      // The board's red ink and blue fill; the page's own letters are still on it, and nothing else is.
      ink: '194,24,43',
      fill: '216,230,255',
      beside: '255,255,255',
      letters: true,
    });
  }
});

async function document(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const { rotation, cropped, unit } of ways) {
    const sheet = pdf.addPage([300, 400]);
    sheet.drawText('Own words', { x: 60, y: 150, size: 20, font });
    sheet.setRotation(degrees(rotation));
    if (cropped) sheet.setCropBox(30, 50, 200, 300);
    if (unit !== 1) sheet.node.set(PDFName.of('UserUnit'), PDFNumber.of(unit));
  }
  return await pdf.save();
}

/** A page with the board's own export, and with pdf.js to look at what it made. */
async function openExporter(page: Page): Promise<void> {
  const made = await build({
    stdin: {
      contents: `export { exportPdf } from './libs/exchange/src/whiteboard/documents/export/export-pdf';
        export * as pdfjs from 'pdfjs-dist';`,
      resolveDir: workspace,
    },
    tsconfig: join(workspace, 'tsconfig.base.json'),
    bundle: true,
    format: 'esm',
    write: false,
  });
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/': ['text/html', '<!doctype html><title>Export</title>'],
    '/export.js': ['text/javascript', made.outputFiles[0]?.text ?? ''],
    '/worker.js': ['text/javascript', await readFile(join(pdfjs, 'build/pdf.worker.min.mjs'), 'utf8')],
  };
  await page.route(`${origin}/**`, async (route) => {
    const [contentType, body] = files[new URL(route.request().url()).pathname] ?? ['text/plain', ''];
    await route.fulfill({ contentType, body, status: body === '' ? 404 : 200 });
  });
  await page.goto(`${origin}/`);
}

/** Runs in the page: draws on each page of a PDF at the same shares of its size, and looks there in what is exported. */
async function exportAndLook(bytes: number[]) {
  const address = '/export.js';
  const { exportPdf, pdfjs: library } = (await import(address)) as {
    exportPdf: (options: object) => Promise<Uint8Array>;
    pdfjs: typeof import('pdfjs-dist');
  };
  library.GlobalWorkerOptions.workerSrc = '/worker.js';
  const pdf = Uint8Array.from(bytes);
  const before = await library.getDocument({ data: pdf.slice(), useWasm: false }).promise;
  const pages: { id: string; width: number; height: number }[] = [];
  for (let sheet = 1; sheet <= before.numPages; sheet++) {
    const { width, height } = (await before.getPage(sheet)).getViewport({ scale: 96 / 72 });
    pages.push({ ...{ id: String(sheet), kind: 'document', name: '', file: 'a', sheet }, width, height });
  }
  const shapes = (id: string) => {
    const { width, height } = pages[Number(id) - 1]!;
    const base = { page: id, author: 'ann', z: 1, angle: 0 };
    const points = Float32Array.of(0, 0, 0.5, width * 0.1, 0, 0.5, width * 0.2, 0, 0.5);
    return [
      {
        ...{ ...base, id: 'ink', kind: 'ink', colour: 'red', size: 10, highlight: false, points },
        ...{ x: width * 0.1, y: height * 0.1, width: width * 0.2, height: 0, inkWidth: width * 0.2, inkHeight: 0 },
      },
      {
        ...{ ...base, id: 'fill', kind: 'rectangle', colour: 'blue', size: 1, filled: true },
        ...{ x: width * 0.75, y: height * 0.2, width: width * 0.2, height: height * 0.05 },
      },
    ];
  };
  const exported = await exportPdf({ scene: { shapes }, pages, pdf });
  const after = await library.getDocument({ data: exported, useWasm: false }).promise;
  const seen = [];
  for (let sheet = 1; sheet <= after.numPages; sheet++) {
    const page = await after.getPage(sheet);
    const viewport = page.getViewport({ scale: 2 });
    const canvas = window.document.createElement('canvas');
    [canvas.width, canvas.height] = [Math.round(viewport.width), Math.round(viewport.height)];
    await page.render({ canvas, viewport }).promise;
    const { data, width, height } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const at = (right: number, down: number) => {
      const first = (Math.round(height * down) * width + Math.round(width * right)) * 4;
      return data.slice(first, first + 3).join(',');
    };
    let dark = 0;
    for (let first = 0; first < data.length; first += 4) {
      if (Math.max(data[first]!, data[first + 1]!, data[first + 2]!) < 60) dark++;
    }
    seen.push({ ink: at(0.2, 0.1), fill: at(0.85, 0.225), beside: at(0.2, 0.17), letters: dark > 100 });
  }
  return seen;
}
