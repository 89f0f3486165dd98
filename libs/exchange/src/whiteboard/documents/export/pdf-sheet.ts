import type { PDFPage } from '@cantoo/pdf-lib';
import type { Bounds } from '@parley/board';
import type { Sheet } from './sheet-matrix';

/** How a page is shown, by the same rules as pdf.js reads it: the part of its crop box that is on the page. */
export function pdfSheet(library: typeof import('@cantoo/pdf-lib'), page: PDFPage): Sheet {
  const media = boundsOf(page.getMediaBox());
  const crop = boundsOf(page.getCropBox());
  const box = {
    minX: Math.max(media.minX, crop.minX),
    minY: Math.max(media.minY, crop.minY),
    maxX: Math.min(media.maxX, crop.maxX),
    maxY: Math.min(media.maxY, crop.maxY),
  };
  const shown = box.minX < box.maxX && box.minY < box.maxY ? box : media;
  const rotate = page.node.Rotate();
  const degrees = rotate instanceof library.PDFNumber ? rotate.asNumber() : 0;
  return { box: shown, rotation: quarter(degrees) };
}

function boundsOf({ x, y, width, height }: { x: number; y: number; width: number; height: number }): Bounds {
  return {
    minX: Math.min(x, x + width),
    minY: Math.min(y, y + height),
    maxX: Math.max(x, x + width),
    maxY: Math.max(y, y + height),
  };
}

/** What is no multiple of a right angle counts for nothing. */
function quarter(degrees: number): Sheet['rotation'] {
  switch (((degrees % 360) + 360) % 360) {
    case 90:
      return 90;
    case 180:
      return 180;
    case 270:
      return 270;
    default:
      return 0;
  }
}
