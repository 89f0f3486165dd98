import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { type Exchange, exchange, type IceServers, iceServers, problem, session } from '@parley/protocol';
import { firstValueFrom } from 'rxjs';

/** An exchange, and who looks at it. */
export interface Visit {
  readonly exchange: Exchange;
  /** The reader's own userId. */
  readonly me: string;
}

/** What the page asks of the server over HTTP (A1 to A4). */
@Injectable({ providedIn: 'root' })
export class ExchangeApi {
  private readonly http = inject(HttpClient);

  /** @throws whatever `HttpClient` throws; 404 for a meeting that does not exist or is none of the reader's */
  async read(id: string): Promise<Exchange> {
    return exchange.parse(await firstValueFrom(this.http.get(`/api/exchanges/${encodeURIComponent(id)}`)));
  }

  /** The same, and who reads it. @throws as `read` */
  async visit(id: string): Promise<Visit> {
    const [found, signedIn] = await Promise.all([this.read(id), firstValueFrom(this.http.get('/api/session'))]);
    return { exchange: found, me: session.parse(signedIn).user.id };
  }

  /** Ends the exchange for everyone (A3). @throws whatever `HttpClient` throws; 403 for who is not its host, 409 when it cannot end */
  async end(id: string): Promise<Exchange> {
    return exchange.parse(await firstValueFrom(this.http.post(`/api/exchanges/${encodeURIComponent(id)}/end`, null)));
  }

  /** Where STUN and TURN servers are, and with which credentials (A4). @throws whatever `HttpClient` throws */
  async iceServers(id: string): Promise<IceServers> {
    const answer = await firstValueFrom(this.http.get(`/api/exchanges/${encodeURIComponent(id)}/ice-servers`));
    return iceServers.parse(answer);
  }

  /** Invites someone who has an account (A2). @throws whatever `HttpClient` throws */
  async invite(id: string, email: string): Promise<void> {
    await firstValueFrom(this.http.post(participants(id), { email }));
  }

  /** Takes someone out of the booking (A2). @throws whatever `HttpClient` throws */
  async remove(id: string, userId: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${participants(id)}/${encodeURIComponent(userId)}`));
  }
}

function participants(id: string): string {
  return `/api/bookings/${encodeURIComponent(id)}/participants`;
}

/**
 * What to tell a person of a request that failed. The app's `HttpClient` fails with an error that has the server's
 * problem (A5); anything else is not for reading.
 */
export function failureText(error: unknown): string {
  const told = problem.safeParse(error instanceof Error && 'problem' in error ? error.problem : undefined);
  if (told.success) return told.data.errors?.[0]?.message ?? told.data.detail;
  return 'Parley did not answer, so nothing was changed. Try again in a minute.';
}

/** The HTTP status of a failed request; 0 when no answer came, or when it was not a request that failed. */
export function statusOf(error: unknown): number {
  const status: unknown = typeof error === 'object' && error !== null && 'status' in error ? error.status : 0;
  return typeof status === 'number' ? status : 0;
}
