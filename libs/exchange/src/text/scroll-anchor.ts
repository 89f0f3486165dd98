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

/** Pixels from the end within which a reader who scrolls down has arrived there. */
export const END_SLACK = 48;

/** Pixels from the beginning within which older messages are loaded. */
export const OLDER_REACH = 1_200;

/**
 * Whether a reader is to follow what comes, after a scroll. Coming near the end is enough to follow; while following,
 * the first pixel upwards ends it, or the next message would pull the reader back. Where a size has changed too, it was
 * the browser that scrolled, not the reader: an on-screen keyboard opens, the field grows.
 *
 * @param last what was true when the position was last looked at
 */
export function followsAfterScroll(box: ScrollBox, last: ScrollBox, follows: boolean): boolean {
  if (follows && (box.clientHeight !== last.clientHeight || box.scrollHeight !== last.scrollHeight)) return true;
  const left = box.scrollHeight - box.clientHeight - box.scrollTop;
  // Less than a pixel is rounding.
  if (box.scrollTop < last.scrollTop - 1) return left <= 1;
  return follows || left <= END_SLACK;
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
