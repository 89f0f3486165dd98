import type { PDFDocumentProxy, PDFPageProxy, PDFWorker } from 'pdfjs-dist';

/** A page of an open PDF. */
export interface PdfPage {
  /** Points (1/72 inch) of the page as it is shown: cropped, and turned as it says. */
  readonly width: number;
  readonly height: number;
  /** @throws an `AbortError` where it was stopped; Error where the page cannot be drawn */
  draw(pixelsPerPoint: number, signal?: AbortSignal): Promise<HTMLCanvasElement>;
  /** Lets go of what drawing it has gathered. It may be drawn again. */
  cleanup(): void;
}

/** An open PDF; it holds memory of its worker until it is closed. */
export interface Pdf {
  readonly pages: number;
  /** @param number from 1 @throws RangeError where there is no such page */
  page(number: number): Promise<PdfPage>;
  close(): Promise<void>;
}

/** Opens PDFs. @throws Error where it cannot be read */
export type OpenPdf = (bytes: Uint8Array) => Promise<Pdf>;

/** Where pdf.js's own files are on our server: what some documents need to be read. */
const ASSETS = '/pdfjs';
/** Pixels of one image within a PDF at most; larger ones are left out. */
const IMAGE_PIXELS = 64_000_000;

type Library = typeof import('pdfjs-dist');
type Loaded = readonly [Library, PDFWorker];
let loading: Promise<Loaded> | undefined;

/** Loads pdf.js and its worker, once for the page. Asked again after a failure, it is tried again. */
function load(): Promise<Loaded> {
  loading ??= start().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start(): Promise<Loaded> {
  const [library, { startPdfWorker }] = await Promise.all([import('pdfjs-dist'), import('./pdf-worker-port')]);
  const port = startPdfWorker();
  const worker = library.PDFWorker.create({ port, verbosity: library.VerbosityLevel.ERRORS });
  await new Promise<void>((resolve, reject) => {
    // Its code did not come.
    port.addEventListener('error', () => reject(new Error('The worker that reads PDFs did not start.')), {
      once: true,
    });
    worker.promise.then(() => resolve(), reject);
  });
  return [library, worker];
}

export const openPdf: OpenPdf = async (bytes) => {
  const [library, worker] = await load();
  const task = library.getDocument({
    // Handed to the worker: the caller's copy stays whole.
    data: bytes.slice(),
    worker,
    cMapUrl: `${ASSETS}/cmaps/`,
    standardFontDataUrl: `${ASSETS}/standard_fonts/`,
    wasmUrl: `${ASSETS}/wasm/`,
    // Scripts alone: the page's policy lets no WebAssembly be compiled.
    useWasm: false,
    maxImageSize: IMAGE_PIXELS,
    verbosity: library.VerbosityLevel.ERRORS,
  });
  const document = await task.promise;
  return opened(document, () => task.destroy());
};

function opened(document: PDFDocumentProxy, close: () => Promise<void>): Pdf {
  return {
    pages: document.numPages,
    page: async (number) => {
      if (!Number.isInteger(number) || number < 1 || number > document.numPages) {
        throw new RangeError(`There is no page ${number} of ${document.numPages}.`);
      }
      return pageOf(await document.getPage(number));
    },
    close,
  };
}

function pageOf(page: PDFPageProxy): PdfPage {
  const { width, height } = page.getViewport({ scale: 1 });
  return {
    width,
    height,
    draw: async (pixelsPerPoint, signal) => {
      signal?.throwIfAborted();
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(width * pixelsPerPoint));
      canvas.height = Math.max(1, Math.round(height * pixelsPerPoint));
      const task = page.render({
        canvas,
        viewport: page.getViewport({ scale: pixelsPerPoint }),
        // Whole pixels are rarely the exact size: stretched to the edges, so that what is drawn above stays in its place.
        transform: [canvas.width / (width * pixelsPerPoint), 0, 0, canvas.height / (height * pixelsPerPoint), 0, 0],
      });
      const stop = (): void => task.cancel();
      signal?.addEventListener('abort', stop, { once: true });
      try {
        await task.promise;
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener('abort', stop);
      }
      return canvas;
    },
    cleanup: () => void page.cleanup(),
  };
}
