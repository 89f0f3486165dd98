/** Units of the board in one point of a PDF: a point is 1/72 inch, a unit 1/96 inch. */
export const UNITS_PER_POINT = 96 / 72;
/** Units of the longer side of an image's page, at most. */
export const IMAGE_UNITS_MAX = 1600;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How large an image is on the board: a pixel is a unit, unless it is very large. */
export function imageUnits({ width, height }: Size): Size {
  const scale = Math.min(1, IMAGE_UNITS_MAX / Math.max(width, height, 1));
  return { width: width * scale, height: height * scale };
}

/** How large a PDF's page is on the board. @param points as it is shown */
export function pdfUnits({ width, height }: Size): Size {
  return { width: width * UNITS_PER_POINT, height: height * UNITS_PER_POINT };
}
