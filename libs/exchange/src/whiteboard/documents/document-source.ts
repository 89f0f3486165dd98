import { fetchFile } from './fetch-file';
import { imageUnits, pdfUnits, type Size, UNITS_PER_POINT } from './page-units';
import type { OpenPdf, Pdf, PdfPage } from './pdf-library';

/** Something with a size in pixels that can be drawn. */
export type Picture = HTMLCanvasElement | ImageBitmap;

/** The picture of a page. */
export interface Drawn {
  readonly picture: Picture;
  readonly pixelsPerUnit: number;
  /** There is no sharper one. */
  readonly sharpest: boolean;
}

/** A file whose pages can be drawn. */
export interface DocumentSource {
  /** Of a PDF; 1 of an image. */
  readonly sheets: number;
  /** In units of the board. @param sheet from 1 @throws RangeError where there is no such sheet */
  size(sheet: number): Promise<Size>;
  /**
   * @param pixelsMax of the picture; it is less sharp where it would have more
   * @throws an `AbortError` where it was stopped; RangeError where there is no such sheet; Error where it cannot be drawn
   */
  draw(sheet: number, pixelsPerUnit: number, pixelsMax: number, signal: AbortSignal): Promise<Drawn>;
  close(): Promise<void>;
}

export type OpenDocument = (url: string) => Promise<DocumentSource>;

/** Reads a file from the server. @throws FileUnreadable where it is not given; Error where it is no document after all */
export function openDocument(openPdf: OpenPdf): OpenDocument {
  return async (url) => {
    const content = await fetchFile(url);
    if (!(await isPdf(content))) return await imageSource(content);
    return new PdfSource(await openPdf(new Uint8Array(await content.arrayBuffer())));
  };
}

export async function isPdf(content: Blob): Promise<boolean> {
  return content.type === 'application/pdf' || (await content.slice(0, 5).text()) === '%PDF-';
}

class PdfSource implements DocumentSource {
  #open: { readonly sheet: number; readonly page: PdfPage } | undefined;

  constructor(private readonly pdf: Pdf) {}

  get sheets(): number {
    return this.pdf.pages;
  }

  async size(sheet: number): Promise<Size> {
    return pdfUnits(await this.pdf.page(sheet));
  }

  async draw(sheet: number, wanted: number, pixelsMax: number, signal: AbortSignal): Promise<Drawn> {
    const page = await this.#page(sheet);
    const [pixelsPerUnit, sharpest] = clamped(wanted, pdfUnits(page), pixelsMax);
    return { picture: await page.draw(pixelsPerUnit * UNITS_PER_POINT, signal), pixelsPerUnit, sharpest };
  }

  async close(): Promise<void> {
    this.#open = undefined;
    await this.pdf.close();
  }

  /** What a page has gathered is kept while that page is drawn, at this sharpness and that, and let go with the next one. */
  async #page(sheet: number): Promise<PdfPage> {
    if (this.#open?.sheet === sheet) return this.#open.page;
    this.#open?.page.cleanup();
    this.#open = undefined;
    const page = await this.pdf.page(sheet);
    this.#open = { sheet, page };
    return page;
  }
}

async function imageSource(content: Blob): Promise<DocumentSource> {
  // Decoded to know how large it is as it is shown: a photo may say that it is to be turned.
  const first = await createImageBitmap(content);
  const natural = { width: first.width, height: first.height };
  first.close();
  const units = imageUnits(natural);
  return {
    sheets: 1,
    size: (sheet) => (sheet === 1 ? Promise.resolve(units) : Promise.reject(new RangeError('An image has one page.'))),
    draw: async (sheet, wanted, pixelsMax, signal) => {
      signal.throwIfAborted();
      if (sheet !== 1) throw new RangeError('An image has one page.');
      const most = natural.width / units.width;
      const [pixelsPerUnit, sharpest] = clamped(Math.min(wanted, most), units, pixelsMax);
      const picture = await createImageBitmap(content, {
        resizeWidth: Math.max(1, Math.round(units.width * pixelsPerUnit)),
        resizeHeight: Math.max(1, Math.round(units.height * pixelsPerUnit)),
        resizeQuality: 'high',
      });
      return { picture, pixelsPerUnit, sharpest: sharpest || pixelsPerUnit >= most };
    },
    close: () => Promise.resolve(),
  };
}

/** @returns pixels per unit, and whether more would be too many */
function clamped(wanted: number, { width, height }: Size, pixelsMax: number): [number, boolean] {
  const most = Math.sqrt(pixelsMax / (width * height));
  return wanted < most ? [wanted, false] : [most, true];
}
