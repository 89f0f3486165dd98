import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

/** A document of so many pages, 420 × 300 points each, that say which they are. */
export async function samplePdf(pages: number): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let page = 1; page <= pages; page += 1) {
    document.addPage([420, 300]).drawText(`Page ${page}`, { x: 40, y: 220, size: 40, font });
  }
  return Buffer.from(await document.save());
}
