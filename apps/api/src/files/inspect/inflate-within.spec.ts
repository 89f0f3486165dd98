import { PDFDocument } from '@cantoo/pdf-lib';
import { deflateSync } from 'node:zlib';
import { inflatedBytes, TooMuchInside } from './inflate-within';

/** As much of a PDF as counts here. */
function pdfWith(...streams: readonly Buffer[]): Buffer {
  const parts = streams.flatMap((stream, number) => [
    Buffer.from(`${number + 1} 0 obj\n<< /Length ${stream.length} /Fl#61teDecode true >>\nstream\r\n`),
    stream,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...parts, Buffer.from('%%EOF')]);
}

describe('inflatedBytes', () => {
  const limits = { each: 1_000_000, all: 2_500_000 };
  const zeros = (bytes: number) => deflateSync(Buffer.alloc(bytes));

  it('adds up what is in the streams, and takes no other bytes for one', () => {
    const pdf = pdfWith(zeros(1_000), Buffer.from('plain words, and the word stream in them'), zeros(2_000));
    expect(inflatedBytes(pdf, limits)).toBe(3_000);
  });

  it('refuses a stream that is a bomb, without inflating all of it', () => {
    const bomb = pdfWith(zeros(200_000_000));
    expect(bomb.length).toBeLessThan(300_000);
    expect(() => inflatedBytes(bomb, limits)).toThrow(TooMuchInside);
  });

  it('refuses many streams that are too much together', () => {
    expect(() => inflatedBytes(pdfWith(zeros(900_000), zeros(900_000), zeros(900_000)), limits)).toThrow(TooMuchInside);
  });

  it('refuses a bomb in a bomb', () => {
    expect(() => inflatedBytes(pdfWith(deflateSync(zeros(200_000_000))), limits)).toThrow(TooMuchInside);
  });

  it('looks into a stream that is cut off', () => {
    const cut = zeros(200_000_000);
    expect(() => inflatedBytes(pdfWith(cut.subarray(0, cut.length - 100)), limits)).toThrow(TooMuchInside);
  });

  it('goes on past what only looks like a stream', () => {
    expect(inflatedBytes(pdfWith(Buffer.from([0x78, 0x9c, 1, 2, 3, 4]), zeros(1_000)), limits)).toBe(1_000);
  });

  it('reads a real document', async () => {
    const document = await PDFDocument.create();
    for (let page = 0; page < 20; page += 1) document.addPage().drawText(`Page ${page}`);
    const bytes = inflatedBytes(Buffer.from(await document.save()));
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThan(100_000);
  });
});
