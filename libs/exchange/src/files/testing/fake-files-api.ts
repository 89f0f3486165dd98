import type { ExchangeFile } from '@parley/protocol';
import { stopped } from '../aborted';
import type { ExchangeFilesOptions } from '../exchange-files';
import type { UploadOptions } from '../files-api';
import { fileOf } from './files';

/** One file on its way, as the server sees it. */
export interface FakeUpload {
  readonly name: string;
  readonly options: UploadOptions;
  taken(): void;
  refused(error: Error): void;
}

/** A server of files in the same process. */
export class FakeFilesApi implements Required<ExchangeFilesOptions['api']> {
  stored: readonly ExchangeFile[] = [];
  readonly uploads: FakeUpload[] = [];
  /** What the next readings fail with. */
  listFails: Error | undefined = undefined;
  reads = 0;

  list(): Promise<readonly ExchangeFile[]> {
    this.reads++;
    return this.listFails === undefined ? Promise.resolve(this.stored) : Promise.reject(this.listFails);
  }

  upload(_exchangeId: string, { name, size }: File, options: UploadOptions = {}): Promise<ExchangeFile> {
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(stopped()));
      this.uploads.push({
        name,
        options,
        taken: () => {
          const added = fileOf({ id: `stored-${name}`, name, bytes: size });
          this.stored = [added, ...this.stored];
          resolve(added);
        },
        refused: reject,
      });
    });
  }

  remove(_exchangeId: string, fileId: string): Promise<void> {
    if (!this.stored.some(({ id }) => id === fileId)) return Promise.reject(problemOf(404, 'There is no such file.'));
    this.stored = this.stored.filter(({ id }) => id !== fileId);
    return Promise.resolve();
  }

  contentUrl(exchangeId: string, fileId: string): string {
    return `/files/${exchangeId}/${fileId}`;
  }
}

/** A failure as the app's `HttpClient` has it. */
export function problemOf(status: number, detail: string): Error {
  const problem = { type: 'about:blank', title: 'No', status, code: 'no', detail };
  return Object.assign(new Error(detail), { status, problem });
}
