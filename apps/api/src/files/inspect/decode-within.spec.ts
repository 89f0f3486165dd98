import { PDFDocument } from '@cantoo/pdf-lib';
import { deflateSync } from 'node:zlib';
import { unpackedBytes } from './decode-within';
import { TooMuchInside } from './inflate-within';

async function pdfWith(...streams: readonly (readonly [Buffer, string | string[]])[]): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  document.addPage();
  for (const [content, Filter] of streams) {
    document.context.register(document.context.stream(content, { Filter }));
  }
  return PDFDocument.load(await document.save());
}

const limits = { each: 1_000_000, all: 2_500_000 };
const zeros = (bytes: number): Buffer => deflateSync(Buffer.alloc(bytes));
const digits = (content: Buffer): Buffer => Buffer.from(`${content.toString('hex')}>`);
/** As many bytes as wanted: RunLength has 128 for each two. */
const runs = (bytes: number): Buffer => Buffer.concat(Array<Buffer>(bytes / 128).fill(Buffer.from([129, 0])));
/** ASCII85 writes four zeros as one z. */
const zs = (bytes: number): Buffer => Buffer.from(`${'z'.repeat(bytes / 4)}~>`);

describe('unpackedBytes', () => {
  it('adds up what is packed in other ways than deflated, or in several', async () => {
    const document = await pdfWith(
      [zeros(500), 'FlateDecode'],
      [digits(zeros(1_000)), ['ASCIIHexDecode', 'FlateDecode']],
      [runs(1_280), 'RunLengthDecode'],
      [zs(400), 'ASCII85Decode'],
      [digits(Buffer.alloc(70)), ['AHx', 'DCTDecode']],
      [Buffer.alloc(90), 'DCTDecode'],
      [Buffer.alloc(90), []],
    );
    expect(unpackedBytes(document, limits)).toBe(1_000 + 1_280 + 400 + 70);
  });

  it.each<[string, Buffer, string[]]>([
    ['written in digits', digits(zeros(200_000_000)), ['ASCIIHexDecode', 'FlateDecode']],
    ['with short names', digits(zeros(200_000_000)), ['AHx', 'Fl']],
    ['of runs', runs(2_560_000), ['RunLengthDecode']],
    ['of runs, deflated', deflateSync(runs(2_560_000)), ['FlateDecode', 'RunLengthDecode']],
    ['of zeros', zs(2_000_000), ['ASCII85Decode']],
    ['that says it is a picture in the end', digits(zeros(200_000_000)), ['AHx', 'Fl', 'DCTDecode']],
  ])('refuses a bomb %s', async (_how, content, filters) => {
    const document = await pdfWith([content, filters]);
    expect(() => unpackedBytes(document, limits)).toThrow(TooMuchInside);
  });

  it('refuses many streams that are too much together', async () => {
    const document = await pdfWith(...[1, 2, 3].map(() => [runs(896_000), 'RunLengthDecode'] as const));
    expect(() => unpackedBytes(document, limits)).toThrow(TooMuchInside);
  });

  it('goes on past what is damaged', async () => {
    const document = await pdfWith(
      [Buffer.from('nothing of the kind'), ['ASCIIHexDecode', 'FlateDecode']],
      [runs(1_280), 'RunLengthDecode'],
    );
    expect(unpackedBytes(document, limits)).toBe(1_280);
  });
});
