import { EncryptedPDFError, PDFDocument } from '@cantoo/pdf-lib';
import { fileTypes, IMAGE_PIXELS_MAX, PDF_PAGES_MAX, type FileType } from '@parley/protocol';
import { fileTypeFromBuffer } from 'file-type';
import { imageSize } from 'image-size';
import { unpackedBytes } from './decode-within';
import { inflatedBytes, TooMuchInside } from './inflate-within';
import { RefusedFile } from './refused-file';

/** What a file is by its content. */
export interface InspectedFile {
  readonly type: FileType;
  /** Of an image 1. */
  readonly pages: number;
  /** Of an image in pixels; of a PDF's first page in points, rounded up. */
  readonly width: number;
  readonly height: number;
}

/**
 * Looks at the content alone: names and headers may claim anything. It takes CPU and memory, up to a second and some hundred
 * megabytes for a PDF that is refused, so run it in a thread of its own.
 *
 * @throws RefusedFile with a sentence for people
 */
export async function inspectFile(bytes: Buffer): Promise<InspectedFile> {
  const found = await fileTypeFromBuffer(bytes);
  const type = fileTypes.find((each) => each === found?.mime);
  if (type === undefined) {
    throw new RefusedFile(
      'unknown-type',
      'This is no PDF, PNG, JPEG or WebP, whatever its name says. Save it as one of them, and try again.',
    );
  }
  return type === 'application/pdf' ? inspectPdf(bytes) : inspectImage(bytes, type);
}

function inspectImage(bytes: Buffer, type: Exclude<FileType, 'application/pdf'>): InspectedFile {
  if (!isWhole(bytes, type)) throw broken('picture');
  const { width, height } = sizeOf(bytes);
  if (width < 1 || height < 1) throw broken('picture');
  if (width * height > IMAGE_PIXELS_MAX) {
    const most = IMAGE_PIXELS_MAX / 1_000_000;
    throw new RefusedFile(
      'image-too-large',
      `The picture has ${width} by ${height} pixels. ${most} million are the most: make it smaller, and try again.`,
    );
  }
  return { type, pages: 1, width, height };
}

function sizeOf(bytes: Buffer): { readonly width: number; readonly height: number } {
  try {
    return imageSize(bytes);
  } catch (cause) {
    throw broken('picture', cause);
  }
}

/** Whether it ends as its type does; what a browser would show half of is not taken. */
function isWhole(bytes: Buffer, type: Exclude<FileType, 'application/pdf'>): boolean {
  switch (type) {
    case 'image/png':
      return bytes.lastIndexOf('IEND') >= bytes.length - 8;
    case 'image/jpeg':
      return bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > 0;
    case 'image/webp':
      return bytes.length >= 12 && bytes.readUInt32LE(4) + 8 <= bytes.length;
  }
}

async function inspectPdf(bytes: Buffer): Promise<InspectedFile> {
  try {
    // Before it is opened: opening inflates some of its streams, without any limit.
    inflatedBytes(bytes);
    const { document, pages, width, height } = await openPdf(bytes);
    if (pages > PDF_PAGES_MAX) {
      const most = `${PDF_PAGES_MAX} are the most. Split it, and try again.`;
      throw new RefusedFile('pdf-too-many-pages', `This PDF has ${pages} pages; ${most}`);
    }
    unpackedBytes(document);
    return { type: 'application/pdf', pages, width: sideOf(width), height: sideOf(height) };
  } catch (cause) {
    if (!(cause instanceof TooMuchInside)) throw cause;
    const message = 'This PDF unpacks to far more than a document needs. Save it as a new PDF, and try again.';
    throw new RefusedFile('pdf-too-much-inside', message, { cause });
  }
}

interface Opened {
  readonly document: PDFDocument;
  readonly pages: number;
  readonly width: number;
  readonly height: number;
}

async function openPdf(bytes: Buffer): Promise<Opened> {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    return { document, pages: document.getPageCount(), ...document.getPage(0).getSize() };
  } catch (cause) {
    if (cause instanceof EncryptedPDFError) {
      const message = 'This PDF is protected with a password. Save a copy without it, and try again.';
      throw new RefusedFile('pdf-encrypted', message, { cause });
    }
    // It is read as it is asked for, so what is damaged shows in whatever way; one without pages as well.
    throw broken('PDF', cause);
  }
}

function sideOf(points: number): number {
  return Math.max(1, Math.ceil(Math.abs(points)));
}

function broken(what: string, cause?: unknown): RefusedFile {
  const message = `This ${what} is cut off or damaged. Open it yourself, save it again, and try with that.`;
  return new RefusedFile('file-broken', message, { cause });
}
