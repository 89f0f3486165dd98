import { computed, type Signal, signal } from '@angular/core';
import type { ExchangeFile } from '@parley/protocol';
import { failureText, statusOf } from '../page/exchange-api';
import { isAbort } from './aborted';
import { refusalOf } from './file-check';
import type { FilesApi } from './files-api';

/** Milliseconds between two readings in a row: whoever may publish may say that there are other files as often as they like. */
const PAUSE_MS = 1_000;
/** Files that are sent at the same time, at most. */
const AT_ONCE = 2;

/** A file on its way to the server. */
export interface Upload {
  readonly id: number;
  readonly name: string;
  /** Bytes. */
  readonly sent: number;
  readonly total: number;
  /** `waiting` for others to be sent first. */
  readonly state: 'waiting' | 'uploading' | 'failed';
  /** Of a failed one: why, in words for people. */
  readonly reason: string;
  /** Of a failed one: whether the same file may be taken another time. */
  readonly canRetry: boolean;
}

export interface ExchangeFilesOptions {
  readonly api: Pick<FilesApi, 'list' | 'upload' | 'remove' | 'contentUrl'>;
  readonly exchangeId: string;
  /** Tells the others that there are other files now (W7). */
  readonly tellOthers: () => void;
}

interface Sending {
  readonly file: File;
  readonly stop: AbortController;
  readonly added: ((file: ExchangeFile) => void) | undefined;
}

/** The files of an exchange, and those that are being added from here. Read them first with `refresh`. */
export class ExchangeFiles {
  readonly #options: ExchangeFilesOptions;
  readonly #files = signal<readonly ExchangeFile[] | undefined>(undefined);
  readonly #failure = signal('');
  readonly #uploads = signal<readonly Upload[]>([]);
  readonly #lastAdded = signal('');
  readonly #sending = new Map<number, Sending>();
  #count = 0;
  #reading: Promise<void> | undefined;
  #readAgain = false;

  /** The newest first. */
  readonly files: Signal<readonly ExchangeFile[]> = computed(() => this.#files() ?? []);
  /** `loading` until they are known; `failed` where they could not be read and none are known. */
  readonly state: Signal<'loading' | 'ready' | 'failed'> = computed(() => {
    if (this.#files() !== undefined) return 'ready';
    return this.#failure() === '' ? 'loading' : 'failed';
  });
  /** Why the last reading failed; empty where it did not. What was known before stays. */
  readonly failure: Signal<string> = this.#failure.asReadonly();
  /** The oldest first. */
  readonly uploads: Signal<readonly Upload[]> = this.#uploads.asReadonly();
  /** The name of the file that was added last from here; empty before the first. */
  readonly lastAdded: Signal<string> = computed(() => this.#lastAdded());

  constructor(options: ExchangeFilesOptions) {
    this.#options = options;
  }

  get exchangeId(): string {
    return this.#options.exchangeId;
  }

  contentUrl({ id }: Pick<ExchangeFile, 'id'>): string {
    return this.#options.api.contentUrl(this.exchangeId, id);
  }

  /** Reads them (again). Never fails: {@link failure} says so. */
  async refresh(): Promise<void> {
    // What changes while they are read may be missing in the answer.
    this.#readAgain = this.#reading !== undefined;
    this.#reading ??= this.#read();
    await this.#reading;
  }

  /**
   * Sends files, two at a time. One that cannot be taken fails at once, and says why.
   *
   * @param added told of each one that is there
   */
  add(files: Iterable<File>, added?: (file: ExchangeFile) => void): void {
    for (const file of files) {
      const id = ++this.#count;
      const reason = refusalOf(file);
      this.#uploads.update((uploads) => [...uploads, waiting(id, file)]);
      if (reason === undefined) this.#sending.set(id, { file, stop: new AbortController(), added });
      else this.#fail(id, reason, false);
    }
    this.#next();
  }

  /** Stops one that is sent or waits; nothing of it is kept. */
  cancel(id: number): void {
    this.#sending.get(id)?.stop.abort();
    this.dismiss(id);
    this.#next();
  }

  /** Sends a failed one again. */
  retry(id: number): void {
    const sending = this.#sending.get(id);
    if (sending === undefined || this.#upload(id)?.state !== 'failed') return;
    this.#sending.set(id, { ...sending, stop: new AbortController() });
    this.#change(id, { state: 'waiting', sent: 0, reason: '' });
    this.#next();
  }

  /** Forgets one that failed. */
  dismiss(id: number): void {
    this.#sending.delete(id);
    this.#uploads.update((uploads) => uploads.filter((upload) => upload.id !== id));
  }

  /** @throws whatever {@link FilesApi.remove} throws, except that it is gone already */
  async remove({ id }: Pick<ExchangeFile, 'id'>): Promise<void> {
    try {
      await this.#options.api.remove(this.exchangeId, id);
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
    this.#files.update((files) => files?.filter((file) => file.id !== id));
    this.#options.tellOthers();
    void this.refresh();
  }

  /** Stops what is being sent: the page goes away. */
  close(): void {
    for (const id of [...this.#sending.keys()]) this.cancel(id);
  }

  async #read(): Promise<void> {
    for (;;) {
      this.#readAgain = false;
      try {
        this.#files.set(await this.#options.api.list(this.exchangeId));
        this.#failure.set('');
      } catch (error) {
        this.#failure.set(failureText(error));
      }
      if (!this.#isToReadAgain()) break;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    this.#reading = undefined;
  }

  #isToReadAgain(): boolean {
    return this.#readAgain;
  }

  #next(): void {
    const running = this.#uploads().filter(({ state }) => state === 'uploading').length;
    const next = this.#uploads().filter(({ state }) => state === 'waiting');
    for (const { id } of next.slice(0, Math.max(0, AT_ONCE - running))) void this.#send(id);
  }

  async #send(id: number): Promise<void> {
    const sending = this.#sending.get(id);
    if (sending === undefined) return;
    const { file, stop } = sending;
    this.#change(id, { state: 'uploading' });
    try {
      const added = await this.#options.api.upload(this.exchangeId, file, {
        progress: (sent, total) => this.#change(id, { sent, total }),
        signal: stop.signal,
      });
      this.#files.update((files) => [added, ...(files ?? []).filter((known) => known.id !== added.id)]);
      this.#lastAdded.set(added.name);
      this.dismiss(id);
      this.#options.tellOthers();
      void this.refresh();
      sending.added?.(added);
    } catch (error) {
      if (!isAbort(error)) this.#fail(id, failureText(error), mayWorkLater(error));
    }
    this.#next();
  }

  #upload(id: number): Upload | undefined {
    return this.#uploads().find((upload) => upload.id === id);
  }

  #fail(id: number, reason: string, canRetry: boolean): void {
    if (!canRetry) this.#sending.delete(id);
    this.#change(id, { state: 'failed', reason, canRetry });
  }

  #change(id: number, change: Partial<Upload>): void {
    this.#uploads.update((uploads) => uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }
}

function waiting(id: number, { name, size }: File): Upload {
  return { id, name, sent: 0, total: size, state: 'waiting', reason: '', canRetry: false };
}

/** What the server found wrong with a file stays so. */
function mayWorkLater(error: unknown): boolean {
  const status = statusOf(error);
  return status === 0 || status === 408 || status === 409 || status === 429 || status >= 500;
}
