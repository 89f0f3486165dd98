import type { Bounds } from '@parley/board';
import type { Size } from '../page-units';
import type { Matrix } from './matrix';

/** How a PDF shows one of its pages (ISO 32000-1, §7.7.3.3). */
export interface Sheet {
  /** What of it is shown, in the page's own units: its y goes upwards. */
  readonly box: Bounds;
  /** Degrees clockwise by which it is turned when it is shown: 0, 90, 180 or 270. */
  readonly rotation: 0 | 90 | 180 | 270;
}

/** From a page of the board to the PDF's page that lies under it. @param page its size, in units of the board */
export function sheetMatrix({ box, rotation }: Sheet, page: Size): Matrix {
  const { minX, minY, maxX, maxY } = box;
  const lies = rotation === 90 || rotation === 270;
  const across = (lies ? maxY - minY : maxX - minX) / page.width;
  const down = (lies ? maxX - minX : maxY - minY) / page.height;
  switch (rotation) {
    case 0:
      return [across, 0, 0, -down, minX, maxY];
    case 90:
      return [0, across, down, 0, minX, minY];
    case 180:
      return [-across, 0, 0, down, maxX, minY];
    case 270:
      return [0, -across, -down, 0, maxX, maxY];
  }
}
