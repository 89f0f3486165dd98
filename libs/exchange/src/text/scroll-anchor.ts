/** Where a row is, in pixels from the top of the scrolled content. */
export interface RowPlace {
  readonly key: string;
  readonly top: number;
  readonly bottom: number;
}

/** The row that must not move while its reader looks at it, and where it was. */
export interface ScrollAnchor {
  readonly key: string;
  readonly top: number;
}

/** The state of a scrolled box, as the DOM names it; pixels. */
export interface ScrollBox {
  readonly scrollTop: number;
  readonly clientHeight: number;
  readonly scrollHeight: number;
}

/** Pixels from the end within which a reader counts as being at the end. */
export const END_SLACK = 48;

/** Pixels from the beginning within which older messages are loaded. */
export const OLDER_REACH = 1_200;

export function isAtEnd({ scrollTop, clientHeight, scrollHeight }: ScrollBox): boolean {
  return scrollHeight - clientHeight - scrollTop <= END_SLACK;
}

/**
 * The first row of which anything can be seen.
 *
 * @param rows in order, at least those around the upper edge
 */
export function pickAnchor(rows: Iterable<RowPlace>, scrollTop: number): ScrollAnchor | undefined {
  let above: RowPlace | undefined;
  for (const row of rows) {
    if (row.bottom > scrollTop) return { key: row.key, top: row.top };
    above = row;
  }
  return above === undefined ? undefined : { key: above.key, top: above.top };
}

/**
 * The scroll position at which the anchor is where its reader left it. It is a difference, not a place: what the
 * reader scrolls between the change and this correction is kept.
 */
export function keepAnchor(anchor: ScrollAnchor, topNow: number, scrollTop: number): number {
  return scrollTop + topNow - anchor.top;
}
