import type { BoardPage } from '@parley/board';
import type { Observable } from 'rxjs';

/** What lies under the ink of the pages of documents. */
export interface Backdrops {
  /**
   * The page's picture: the sharpest there is now, covering (0, 0) to (`width`, `height`). Asks for a sharper one where it is
   * coarser than wanted. undefined while there is none. Draw it now, and ask again for the next time: it is not to be kept.
   */
  of(page: BoardPage, pixelsPerUnit: number): CanvasImageSource | undefined;
  /** Why a page has no picture, in plain words. */
  trouble(page: BoardPage): string | undefined;
  /** Something is there that was not: a picture, a sharper one, a trouble, or a trouble is over. */
  readonly changes: Observable<void>;
  /**
   * For export, at least this sharp, as far as a picture may be that large.
   *
   * @throws Error where the page cannot be drawn; an `AbortError` where the backdrops are closed meanwhile
   */
  render(page: BoardPage, pixelsPerUnit: number): Promise<CanvasImageSource>;
  close(): void;
}
