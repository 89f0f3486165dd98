import type { Ticket } from '@parley/protocol';
import { SignedOutError, UnavailableError } from './errors';

/**
 * The usual `ticket` function: `POST`s to the server's ticket address with the page's session cookie (T1, T4).
 *
 * @param url default: `/api/ticket` of the page's own server
 * @throws SignedOutError (the promise) for a 401, UnavailableError for any other status, with the `Retry-After` of a 429
 * or 503 (RFC 9110 §10.2.3)
 * @example new SocketClient({ url: 'wss://parley.example.org/sock', ticket: fetchTicket() })
 */
export function fetchTicket(url = '/api/ticket'): (resume: string | undefined) => Promise<Ticket> {
  return async (resume) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(resume === undefined ? {} : { resume }),
    });
    if (response.status === 401) throw new SignedOutError();
    if (!response.ok) {
      const wait = retryAfterOf(response.headers.get('retry-after'), response.headers.get('date'));
      throw new UnavailableError(`The server gave no ticket: HTTP status ${response.status}.`, wait);
    }
    const answer: unknown = await response.json();
    if (!isTicket(answer)) throw new Error(`What ${url} answered is no ticket.`);
    return answer;
  };
}

/** @param date the answer's own, so that it does not matter what time this device believes it is */
function retryAfterOf(value: string | null, date: string | null): number | undefined {
  if (value === null) return undefined;
  const wait = /^\d+$/.test(value)
    ? Number(value) * 1_000
    : Date.parse(value) - (date === null ? Date.now() : Date.parse(date));
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function isTicket(value: unknown): value is Ticket {
  if (typeof value !== 'object' || value === null) return false;
  const { ticket, connectionId, expiresAt } = value as Partial<Record<keyof Ticket, unknown>>;
  return typeof ticket === 'string' && typeof connectionId === 'string' && typeof expiresAt === 'string';
}
