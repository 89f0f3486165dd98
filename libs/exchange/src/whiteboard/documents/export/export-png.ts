import { type BoardPage, type BoardScene, type Paper, paperColour } from '@parley/board';
import { paintShape } from '../../paint/paint-shape';
import type { Backdrops } from '../backdrops';
import { exportArea, sizeOf } from './export-area';
import { canvasOf, pngOf } from './export-canvas';

/** Of the picture. */
const PIXELS_MAX = 32_000_000;
/** Of either side: browsers give no larger canvases. */
const SIDE_MAX = 16_384;
/** Pixels per unit, where that is not too many. */
const SHARPNESS = 2;

export interface PngExport {
  readonly blob: Blob;
  /** Pixels per unit; below 1 something is smaller than on the board. */
  readonly scale: number;
}

/**
 * A picture of a page: of a document's page with what is under the ink, of endless paper as much as is drawn on.
 *
 * @throws NothingToExport; what {@link Backdrops.render} throws
 */
export async function exportPng(
  scene: Pick<BoardScene, 'shapes'>,
  page: BoardPage,
  backdrops: Pick<Backdrops, 'render'> | undefined,
  paper: Paper,
): Promise<PngExport> {
  const area = exportArea(scene, page);
  const { width, height } = sizeOf(area);
  const most = Math.min(Math.sqrt(PIXELS_MAX / (width * height)), SIDE_MAX / width, SIDE_MAX / height);
  const scale = Math.min(SHARPNESS, most);
  const under = page.kind === 'document' ? await backdrops?.render(page, scale) : undefined;
  const [canvas, context] = canvasOf({ width: width * scale, height: height * scale });
  // Documents are light, whatever the theme.
  const shown = page.kind === 'document' ? 'light' : paper;
  context.fillStyle = paperColour[shown];
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(canvas.width / width, canvas.height / height);
  context.translate(-area.minX, -area.minY);
  if (under !== undefined) context.drawImage(under, 0, 0, page.width, page.height);
  for (const shape of scene.shapes(page.id)) paintShape(context, shape, shown);
  return { blob: await pngOf(canvas), scale };
}
