import type { BoardPage } from '@parley/board';
import { type Observable, Subject } from 'rxjs';
import type { Backdrops } from './backdrops';
import type { Drawn } from './document-source';
import { FileUnreadable } from './fetch-file';
import type { Documents } from './pdf-documents';
import { PictureCache } from './picture-cache';
import { type Job, RenderQueue } from './render-queue';

/** Of all pictures that are kept. */
const BYTES_MAX = 96 * 1024 * 1024;
/** Of one picture. */
const PIXELS_MAX = 16_000_000;
/** How sharp the pages before and after the one in view are drawn ahead of time. */
const SOON_SHARPNESS = 0.5;
/** A page without any picture is drawn no sharper than this at first, so that there is something to see. */
const FIRST_SHARPNESS = 1.5;
/** Milliseconds until a file that could not be loaded is tried again. */
const RETRY_MS = 5_000;

export interface DocumentBackdropsOptions {
  readonly documents: Pick<Documents, 'use'>;
  readonly bytesMax?: number;
  readonly pixelsMax?: number;
}

interface ExportJob extends Job {
  readonly resolve: (drawn: Drawn) => void;
  readonly reject: (error: unknown) => void;
}

interface Trouble {
  readonly message: string;
  readonly retry?: ReturnType<typeof setTimeout>;
}

/** The pages of PDFs and images, drawn one at a time: the one in view first, those beside it when there is nothing else to do. */
export class DocumentBackdrops implements Backdrops {
  readonly #documents: Pick<Documents, 'use'>;
  readonly #pixelsMax: number;
  readonly #cache: PictureCache;
  readonly #queue = new RenderQueue<ExportJob>();
  readonly #changes = new Subject<void>();
  /** Of files and of single sheets, by their keys. */
  readonly #troubles = new Map<string, Trouble>();
  #running: { readonly job: Job; readonly isExport: boolean; readonly stop: AbortController } | undefined;
  #closed = false;

  readonly changes: Observable<void> = this.#changes.asObservable();

  constructor({ documents, bytesMax = BYTES_MAX, pixelsMax = PIXELS_MAX }: DocumentBackdropsOptions) {
    this.#documents = documents;
    this.#pixelsMax = pixelsMax;
    this.#cache = new PictureCache(bytesMax);
  }

  of(page: BoardPage, pixelsPerUnit: number): CanvasImageSource | undefined {
    const job = jobOf(page, stepAbove(pixelsPerUnit));
    if (job === undefined || this.#closed) return undefined;
    const known = this.#cache.get(job.key);
    if (!isEnough(known, pixelsPerUnit) && this.trouble(page) === undefined) this.#want(job, known);
    return known?.picture;
  }

  trouble({ file, sheet }: BoardPage): string | undefined {
    if (file === undefined) return undefined;
    return (this.#troubles.get(file) ?? this.#troubles.get(keyOf(file, sheet ?? 1)))?.message;
  }

  render(page: BoardPage, pixelsPerUnit: number): Promise<CanvasImageSource> {
    const job = jobOf(page, pixelsPerUnit);
    if (job === undefined) return Promise.reject(new TypeError('This page has no document.'));
    if (this.#closed) return Promise.reject(closed());
    const known = this.#cache.get(job.key);
    if (known !== undefined && isEnough(known, pixelsPerUnit)) return Promise.resolve(known.picture);
    const drawn = new Promise<Drawn>((resolve, reject) => this.#queue.addExport({ ...job, resolve, reject }));
    this.#next();
    return drawn.then(({ picture }) => picture);
  }

  close(): void {
    this.#closed = true;
    this.#running?.stop.abort();
    for (const { reject } of this.#queue.clear()) reject(closed());
    for (const { retry } of this.#troubles.values()) clearTimeout(retry);
    this.#troubles.clear();
    this.#cache.clear();
    this.#changes.complete();
  }

  #want(job: Job, known: Drawn | undefined): void {
    const first = known === undefined && job.pixelsPerUnit > 2 * FIRST_SHARPNESS;
    const isNew = this.#queue.want(first ? { ...job, pixelsPerUnit: FIRST_SHARPNESS } : job);
    // What is drawn for a page that was in view before goes on later, if it is still wanted.
    if (isNew && this.#running?.isExport === false) this.#running.stop.abort();
    this.#next();
  }

  #next(): void {
    if (this.#running !== undefined || this.#closed) return;
    const next = this.#queue.next();
    if (next === undefined) return;
    const isExport = 'isExport' in next;
    const running = { job: next.job, isExport, stop: new AbortController() };
    this.#running = running;
    void this.#draw(next.job, running.stop.signal)
      .then(
        (drawn) => {
          this.#queue.done(next.job);
          if (isExport) next.job.resolve(drawn);
        },
        (error: unknown) => {
          // What was stopped waits for its turn: it is in the queue as long as it is wanted.
          if (running.stop.signal.aborted && !this.#closed) return;
          this.#queue.done(next.job);
          if (isExport) next.job.reject(this.#closed ? closed() : error);
          else if (!this.#closed) this.#fail(next.job, error);
        },
      )
      .finally(() => {
        this.#running = undefined;
        this.#next();
      });
  }

  async #draw(job: Job, signal: AbortSignal): Promise<Drawn> {
    const [drawn, sheets] = await this.#documents.use(job.file, async (source) => {
      signal.throwIfAborted();
      const picture = await source.draw(job.sheet, job.pixelsPerUnit, this.#pixelsMax, signal);
      return [picture, source.sheets] as const;
    });
    if (this.#closed) throw closed();
    const known = this.#cache.get(job.key);
    if (known === undefined || drawn.pixelsPerUnit >= known.pixelsPerUnit) this.#cache.set(job.key, drawn);
    // Only beside a page that somebody looks at.
    if (this.#queue.isWanted(job.key)) this.#foresee(job, sheets);
    this.#changes.next();
    return drawn;
  }

  #foresee({ file, sheet }: Job, sheets: number): void {
    const beside = [sheet + 1, sheet - 1].filter((each) => each >= 1 && each <= sheets);
    const jobs = beside.map((each) => ({ key: keyOf(file, each), file, sheet: each, pixelsPerUnit: SOON_SHARPNESS }));
    this.#queue.foresee(jobs.filter(({ key }) => !this.#cache.has(key) && !this.#troubles.has(key)));
  }

  #fail(job: Job, error: unknown): void {
    if (error instanceof FileUnreadable) {
      this.#queue.forget(job.file);
      const retry = error.gone ? {} : { retry: setTimeout(() => this.#tryAgain(job.file), RETRY_MS) };
      this.#troubles.set(job.file, { message: error.message, ...retry });
    } else {
      this.#troubles.set(job.key, { message: 'This page cannot be shown.' });
    }
    this.#changes.next();
  }

  /** Whoever draws the page asks for it again when told of a change. */
  #tryAgain(file: string): void {
    this.#troubles.delete(file);
    this.#changes.next();
  }
}

function jobOf({ kind, file, sheet = 1 }: BoardPage, pixelsPerUnit: number): Job | undefined {
  return kind === 'document' && file !== undefined
    ? { key: keyOf(file, sheet), file, sheet, pixelsPerUnit }
    : undefined;
}

function keyOf(file: string, sheet: number): string {
  return `${file}/${sheet}`;
}

/** The next of the steps in which pictures become sharper, so that not each bit of zooming draws a new one. */
function stepAbove(pixelsPerUnit: number): number {
  const steps = Math.ceil(2 * Math.log2(Math.max(pixelsPerUnit, 1 / 16)) - 1e-9);
  return 2 ** (steps / 2);
}

function isEnough(drawn: Drawn | undefined, pixelsPerUnit: number): boolean {
  // A little coarser cannot be seen.
  return drawn !== undefined && (drawn.sharpest || drawn.pixelsPerUnit >= pixelsPerUnit * 0.99);
}

function closed(): DOMException {
  return new DOMException('The board was closed.', 'AbortError');
}
