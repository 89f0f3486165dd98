import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { type Exchange, exchange, session } from '@parley/protocol';
import { firstValueFrom } from 'rxjs';

/** An exchange, and who looks at it. */
export interface Visit {
  readonly exchange: Exchange;
  /** The reader's own userId. */
  readonly me: string;
}

/** What the page asks of the server over HTTP (A1, A3). */
@Injectable({ providedIn: 'root' })
export class ExchangeApi {
  private readonly http = inject(HttpClient);

  /** @throws whatever `HttpClient` throws; 404 for a meeting that does not exist or is none of the reader's */
  async visit(id: string): Promise<Visit> {
    const [found, signedIn] = await Promise.all([
      firstValueFrom(this.http.get(`/api/exchanges/${encodeURIComponent(id)}`)),
      firstValueFrom(this.http.get('/api/session')),
    ]);
    return { exchange: exchange.parse(found), me: session.parse(signedIn).user.id };
  }
}

/** The HTTP status of a failed request; 0 when no answer came, or when it was not a request that failed. */
export function statusOf(error: unknown): number {
  const status: unknown = typeof error === 'object' && error !== null && 'status' in error ? error.status : 0;
  return typeof status === 'number' ? status : 0;
}
