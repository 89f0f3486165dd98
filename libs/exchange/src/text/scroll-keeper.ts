import {
  followsAfterScroll,
  keepAnchor,
  OLDER_REACH,
  pickAnchor,
  type RowPlace,
  type ScrollAnchor,
  type ScrollBox,
} from './scroll-anchor';

/**
 * Keeps what is being read where it is. At the end it follows what comes; elsewhere the first row in view stays on its
 * pixel, whatever is loaded above it, grows or shrinks. Messages
 * carry `data-key`, in chunks that carry `data-chunk`; what else is in them comes and goes, and nothing holds on to it.
 */
export class ScrollKeeper {
  private anchor: ScrollAnchor | undefined;
  private last: ScrollBox = { scrollTop: 0, clientHeight: 0, scrollHeight: 0 };
  private follows = true;
  private readonly sizes: ResizeObserver;

  /**
   * @param box what scrolls; its `overflow-anchor` must be `none`, or both correct the same thing
   * @param content the only child of `box`
   * @param onFollow told when the reader comes to the end or leaves it
   */
  constructor(
    private readonly box: HTMLElement,
    private readonly content: HTMLElement,
    private readonly onFollow: (follows: boolean) => void,
  ) {
    // Runs after layout and before painting: nobody sees the state in between.
    this.sizes = new ResizeObserver(() => this.settle());
    this.sizes.observe(box);
    this.sizes.observe(content);
  }

  stop(): void {
    this.sizes.disconnect();
  }

  get isNearBeginning(): boolean {
    return this.box.scrollTop < OLDER_REACH;
  }

  /** Call after every change of what is shown. */
  settle(): void {
    if (this.follows) this.box.scrollTop = this.box.scrollHeight;
    else this.holdAnchor();
    this.remember();
  }

  /** Call on every `scroll` event. */
  scrolled(): void {
    this.setFollows(followsAfterScroll(this.box, this.last, this.follows));
    if (!this.follows) {
      this.holdAnchor();
      this.anchor = pickAnchor(this.rowsInView(), this.box.scrollTop);
    }
    this.remember();
  }

  /** Goes to the end and follows from there. */
  toEnd(): void {
    this.setFollows(true);
    this.settle();
  }

  private remember(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.box;
    this.last = { scrollTop, clientHeight, scrollHeight };
  }

  private setFollows(follows: boolean): void {
    if (follows === this.follows) return;
    this.follows = follows;
    this.anchor = undefined;
    this.onFollow(follows);
  }

  private holdAnchor(): void {
    const { anchor } = this;
    if (anchor === undefined) return;
    const row = this.content.querySelector(`[data-key="${CSS.escape(anchor.key)}"]`);
    if (row === null) {
      this.anchor = pickAnchor(this.rowsInView(), this.box.scrollTop);
      return;
    }
    const { top } = this.placeOf(row, anchor.key);
    this.anchor = { key: anchor.key, top };
    // Less than a pixel is rounding, and writing it would stop a scroll that is under way.
    if (Math.abs(top - anchor.top) >= 1) this.box.scrollTop = keepAnchor(anchor, top, this.box.scrollTop);
  }

  /** The rows from the upper edge on, as far as they are asked for. */
  private *rowsInView(): Iterable<RowPlace> {
    const edge = this.box.getBoundingClientRect().top;
    const [oldest, next] = this.content.querySelectorAll('[data-key]');
    for (const chunk of this.content.querySelectorAll('[data-chunk]')) {
      if (chunk.getBoundingClientRect().bottom <= edge) continue;
      const rows = chunk.querySelectorAll<HTMLElement>('[data-key]');
      // What the browser has not drawn yet is not what is being read: once drawn, it moves what is.
      if (rows[0]?.checkVisibility({ contentVisibilityAuto: true }) === false) continue;
      for (const row of rows) {
        // The oldest one loses its name and its date to an older one that is loaded: it is not what stays the same.
        if (row !== oldest || next === undefined) yield this.placeOf(row, row.dataset.key ?? '');
      }
    }
  }

  private placeOf(row: Element, key: string): RowPlace {
    const origin = this.content.getBoundingClientRect().top;
    const { top, bottom } = row.getBoundingClientRect();
    return { key, top: top - origin, bottom: bottom - origin };
  }
}
