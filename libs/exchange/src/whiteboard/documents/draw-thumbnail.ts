import type { DrawThumbnail } from '../../files/thumbnails';
import { fetchFile } from './fetch-file';
import { openPdf } from './pdf-library';

/** Draws an image, or the first page of a PDF, as large as fits into a square. */
export const drawThumbnail: DrawThumbnail = async (url, type, side, signal) => {
  const content = await fetchFile(url, signal);
  if (type !== 'application/pdf') return await small(await createImageBitmap(content), side);
  const pdf = await openPdf(new Uint8Array(await content.arrayBuffer()));
  try {
    const page = await pdf.page(1);
    return await createImageBitmap(await page.draw(side / Math.max(page.width, page.height), signal));
  } finally {
    await pdf.close();
  }
};

async function small(picture: ImageBitmap, side: number): Promise<ImageBitmap> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  try {
    return await createImageBitmap(picture, {
      resizeWidth: Math.max(1, Math.round(picture.width * scale)),
      resizeHeight: Math.max(1, Math.round(picture.height * scale)),
      resizeQuality: 'medium',
    });
  } finally {
    picture.close();
  }
}
