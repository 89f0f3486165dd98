/** One picture to be drawn. */
export interface Job {
  readonly key: string;
  readonly file: string;
  readonly sheet: number;
  readonly pixelsPerUnit: number;
}

/** What is drawn next, for the page that is in view. */
const WANTED_MAX = 3;

/**
 * What is to be drawn, in which order: what was wanted last comes first; then what is needed for an export; then what may be
 * wanted soon. What was wanted before is dropped when too much else is.
 */
export class RenderQueue<Export extends Job> {
  #wanted: readonly Job[] = [];
  readonly #exports: Export[] = [];
  #soon: readonly Job[] = [];

  /** @returns whether this is new: it was not wanted, or not as sharp */
  want(job: Job): boolean {
    const known = this.#wanted.find(({ key }) => key === job.key);
    if (known?.pixelsPerUnit === job.pixelsPerUnit) return false;
    this.#wanted = [job, ...this.#wanted.filter(({ key }) => key !== job.key)].slice(0, WANTED_MAX);
    return true;
  }

  isWanted(key: string): boolean {
    return this.#wanted.some((job) => job.key === key);
  }

  addExport(job: Export): void {
    this.#exports.push(job);
  }

  /** In place of those before. */
  foresee(jobs: readonly Job[]): void {
    this.#soon = jobs;
  }

  /** What to draw now; it stays until it is done. */
  next(): { readonly job: Job } | { readonly job: Export; readonly isExport: true } | undefined {
    const [wanted] = this.#wanted;
    if (wanted !== undefined) return { job: wanted };
    const [exported] = this.#exports;
    if (exported !== undefined) return { job: exported, isExport: true };
    const [soon] = this.#soon;
    return soon === undefined ? undefined : { job: soon };
  }

  done(job: Job): void {
    this.#wanted = this.#wanted.filter((each) => each !== job);
    this.#soon = this.#soon.filter((each) => each !== job);
    const at = this.#exports.findIndex((each) => each === job);
    if (at >= 0) this.#exports.splice(at, 1);
  }

  /** Drops what is left of a file, exports aside. */
  forget(file: string): void {
    this.#wanted = this.#wanted.filter((job) => job.file !== file);
    this.#soon = this.#soon.filter((job) => job.file !== file);
  }

  /** @returns the exports that will not be done */
  clear(): Export[] {
    this.#wanted = [];
    this.#soon = [];
    return this.#exports.splice(0);
  }
}
