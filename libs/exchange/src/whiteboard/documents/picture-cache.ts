import type { Drawn } from './document-source';

const BYTES_PER_PIXEL = 4;

/** Pictures of pages, as many as fit into a number of bytes: the one that was shown longest ago goes first. */
export class PictureCache {
  readonly #kept = new Map<string, Drawn>();
  #bytes = 0;

  /** @param bytesMax of all pictures; the last one that came stays, however large it is */
  constructor(private readonly bytesMax: number) {}

  get bytes(): number {
    return this.#bytes;
  }

  has(key: string): boolean {
    return this.#kept.has(key);
  }

  get(key: string): Drawn | undefined {
    const drawn = this.#kept.get(key);
    if (drawn === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, drawn);
    return drawn;
  }

  /** In place of the one that was there. */
  set(key: string, drawn: Drawn): void {
    this.#drop(key);
    this.#kept.set(key, drawn);
    this.#bytes += bytesOf(drawn);
    for (const oldest of [...this.#kept.keys()]) {
      if (this.#bytes <= this.bytesMax || oldest === key) return;
      this.#drop(oldest);
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  #drop(key: string): void {
    const drawn = this.#kept.get(key);
    if (drawn === undefined) return;
    this.#kept.delete(key);
    // Its memory goes when nobody draws it any more: it may be in the middle of that.
    this.#bytes -= bytesOf(drawn);
  }
}

function bytesOf({ picture }: Drawn): number {
  return picture.width * picture.height * BYTES_PER_PIXEL;
}
