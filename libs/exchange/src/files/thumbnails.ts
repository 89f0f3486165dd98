import { Injectable } from '@angular/core';
import type { ExchangeFile } from '@parley/protocol';

/** Pixels of the longer side. */
const SIDE = 112;
/** Drawn at the same time, at most: each may hold a whole document in memory meanwhile. */
const AT_ONCE = 2;
/** Small pictures that are kept, 50 KB each at most. */
const KEPT = 100;
/** Files with more bytes than this are not fetched only to be shown small. */
const BYTES_MAX = 10 * 1024 * 1024;

/** Draws what is in a file, small. @throws Error where it cannot be drawn; an `AbortError` where it was stopped */
export type DrawThumbnail = (
  url: string,
  type: ExchangeFile['type'],
  side: number,
  signal: AbortSignal,
) => Promise<ImageBitmap>;

/** Small pictures of files, two drawn at a time. The code that draws them is loaded with the first one. */
@Injectable({ providedIn: 'root' })
export class Thumbnails {
  /** Loads what draws them; another one in tests. */
  load: () => Promise<DrawThumbnail> = async () =>
    (await import('../whiteboard/documents/draw-thumbnail')).drawThumbnail;

  readonly #kept = new Map<string, ImageBitmap>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @returns nothing where there is none: too large a file, one that cannot be drawn, or when it was stopped */
  async of(
    file: Pick<ExchangeFile, 'id' | 'type' | 'bytes'>,
    url: string,
    signal: AbortSignal,
  ): Promise<ImageBitmap | undefined> {
    if (file.bytes > BYTES_MAX) return undefined;
    await this.#turn();
    try {
      if (signal.aborted) return undefined;
      const known = this.#kept.get(file.id);
      if (known !== undefined) return known;
      const draw = await this.load();
      const drawn = await draw(url, file.type, SIDE, signal);
      this.#keep(file.id, drawn);
      return drawn;
    } catch {
      // It is decoration: the file's icon stays in its place.
      return undefined;
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
  }

  #keep(id: string, picture: ImageBitmap): void {
    this.#kept.set(id, picture);
    const [oldest] = this.#kept.keys();
    // Not closed: it may be about to be shown.
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
