import type { BoardPage } from '@parley/board';
import type { Backdrops } from '../backdrops';
import { canvasOf, pngOf } from './export-canvas';

/** Pixels per unit. */
const SHARPNESS = 2;
const PIXELS_MAX = 16_000_000;

/**
 * What lies under the ink of a document's page, as a PNG in a `data:` address; undefined for endless paper.
 *
 * @throws whatever {@link Backdrops.render} throws
 */
export async function backdropData(page: BoardPage, backdrops: Pick<Backdrops, 'render'>): Promise<string | undefined> {
  if (page.kind !== 'document') return undefined;
  const { width, height } = page;
  const scale = Math.min(SHARPNESS, Math.sqrt(PIXELS_MAX / (width * height)));
  const picture = await backdrops.render(page, scale);
  const [canvas, context] = canvasOf({ width: width * scale, height: height * scale });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return dataAddress(await pngOf(canvas));
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onloadend = () => {
      if (typeof reader.result === 'string') resolve(reader.result);
      else reject(reader.error ?? new Error('The picture cannot be read.'));
    };
    reader.readAsDataURL(blob);
  });
}
