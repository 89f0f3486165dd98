import type { Ticket } from '@parley/protocol';
import { SignedOutError } from './errors';

/**
 * The usual `ticket` function: `POST`s to the server's ticket address with the page's session cookie (T1, T4).
 *
 * @param url default: `/api/ticket` of the page's own server
 * @throws SignedOutError (the promise) for a 401
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
    if (!response.ok) throw new Error(`The server gave no ticket: HTTP status ${response.status}.`);
    const answer: unknown = await response.json();
    if (!isTicket(answer)) throw new Error(`What ${url} answered is no ticket.`);
    return answer;
  };
}

function isTicket(value: unknown): value is Ticket {
  if (typeof value !== 'object' || value === null) return false;
  const { ticket, connectionId, expiresAt } = value as Partial<Record<keyof Ticket, unknown>>;
  return typeof ticket === 'string' && typeof connectionId === 'string' && typeof expiresAt === 'string';
}
