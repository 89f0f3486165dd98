import { HttpClient, HttpEventType } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { type ExchangeFile, exchangeFile, exchangeFiles } from '@parley/protocol';
import { type Observable, map, filter, firstValueFrom, takeUntil, tap, throwIfEmpty } from 'rxjs';
import { fileAddress, filesAddress } from './file-address';
import { aborted, stopped } from './aborted';

export interface UploadOptions {
  /** Told while it is sent. @param sent bytes of `total` */
  readonly progress?: (sent: number, total: number) => void;
  /** Stops it; nothing is kept of what was sent. */
  readonly signal?: AbortSignal;
}

/** What the page asks of the server about the files of an exchange (A8). */
@Injectable({ providedIn: 'root' })
export class FilesApi {
  private readonly http = inject(HttpClient);

  /** The newest first. @throws whatever `HttpClient` throws */
  async list(exchangeId: string): Promise<readonly ExchangeFile[]> {
    return exchangeFiles.parse(await firstValueFrom(this.http.get(filesAddress(exchangeId)))).files;
  }

  /** @throws whatever `HttpClient` throws, its problem (A5) says why a file is refused; an `AbortError` where it was stopped */
  upload(exchangeId: string, file: File, { progress, signal }: UploadOptions = {}): Promise<ExchangeFile> {
    const events = this.http.post(filesAddress(exchangeId), file, {
      params: { name: file.name },
      // What it is, the server finds out from its content.
      headers: { 'Content-Type': 'application/octet-stream' },
      reportUploadProgress: true,
      observe: 'events',
    });
    const answer = events.pipe(
      tap((event) => {
        if (event.type === HttpEventType.UploadProgress) progress?.(event.loaded, event.total ?? file.size);
      }),
      filter((event) => event.type === HttpEventType.Response),
      map(({ body }) => exchangeFile.parse(body)),
    );
    return firstValueFrom(signal === undefined ? answer : stoppedBy(answer, signal));
  }

  /** @throws whatever `HttpClient` throws; 403 for who neither added it nor is the host, 409 once the exchange has ended */
  async remove(exchangeId: string, fileId: string): Promise<void> {
    await firstValueFrom(this.http.delete(fileAddress(exchangeId, fileId)));
  }

  /** Where its bytes are, for who takes part. */
  contentUrl(exchangeId: string, fileId: string): string {
    return fileAddress(exchangeId, fileId);
  }
}

function stoppedBy<T>(source: Observable<T>, signal: AbortSignal): Observable<T> {
  return source.pipe(
    takeUntil(aborted(signal)),
    throwIfEmpty(() => stopped()),
  );
}
