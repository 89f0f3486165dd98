import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { parseTicket, type ErrorCode } from '@parley/protocol';
import type { IncomingMessage } from 'node:http';
import { Absences } from './absences';
import { Connections } from './connections';
import { isOwnOrigin } from './own-origin';
import { Tickets, type Admission } from './ports';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';
import { within } from './within';

/** Milliseconds that redeeming a ticket may take before the client is sent away. */
const REDEEM_TIMEOUT_MS = 5_000;

/** An address as every client of ours makes it: nothing but the ticket, of which nothing but the colon may be written as `%3A`. */
const plainTicket = /^[^?]*\?ticket=([\w-]+(?::|%3A)[\w-]+)$/;

/** Why an upgrade is answered with an HTTP status instead of 101 (T3). */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 429 | 503;
  readonly code: ErrorCode;
  readonly message: string;
}

export type Verdict = { readonly admission: Admission } | { readonly refusal: Refusal };

/** Decides about an upgrade before anything is upgraded, and knows what a ticket may still be given for. */
@Injectable()
export class Admissions implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Admissions.name);
  private isDraining = false;

  constructor(
    @Inject(Tickets) private readonly tickets: Tickets,
    @Inject(SOCKET_OPTIONS) private readonly options: SocketOptions,
    private readonly connections: Connections,
    private readonly absences: Absences,
  ) {}

  /** Nobody else comes in; a ticket would be of no use (L4). */
  get draining(): boolean {
    return this.isDraining;
  }

  /** From now on every upgrade is answered 503 (T3, L4). */
  drain(): void {
    this.isDraining = true;
  }

  beforeApplicationShutdown(): void {
    this.drain();
  }

  /** Whether a ticket for this connection may be given to this session: it is open, or within its grace period (T4). */
  resumes(connectionId: string, sessionId: string): boolean {
    const open = this.connections.find(connectionId);
    return open === undefined ? this.absences.holds(connectionId, sessionId) : open.principal.sessionId === sessionId;
  }

  async decide(request: IncomingMessage): Promise<Verdict> {
    if (!this.originAllowed(request)) return refuse(403, 'bad-origin', 'This page may not connect here.');
    const ticket = parseTicket(ticketOf(request));
    if (ticket === undefined) return refuse(400, 'malformed', 'Connect with ?ticket=connectionId:authCode.');
    if (this.full()) return full();
    const admission = await this.redeem(ticket);
    if (admission === 'failed')
      return refuse(503, 'unavailable', 'Tickets cannot be checked right now. Try again soon.');
    if (admission === undefined)
      return refuse(401, 'bad-ticket', 'The ticket is unknown, used or expired. Ask for a new one.');
    // Asked again: others came in while the ticket was looked up. From here to the 101 nothing waits.
    if (this.full()) return full();
    // The one that is resumed makes room for itself (T4).
    const resumed = this.connections.find(admission.connectionId) === undefined ? 0 : 1;
    if (this.connections.ofUser(admission.principal.userId) - resumed >= this.options.limits.connectionsPerUser) {
      return refuse(429, 'too-many-connections', 'You have too many connections open. Close another tab.');
    }
    return { admission };
  }

  private full(): boolean {
    return this.isDraining || this.connections.size >= this.options.limits.connections;
  }

  private async redeem(ticket: { connectionId: string; authCode: string }): Promise<Admission | undefined | 'failed'> {
    try {
      return await within(REDEEM_TIMEOUT_MS, this.tickets.redeem(ticket), 'failed');
    } catch (error) {
      this.logger.error('A ticket could not be redeemed.', error);
      return 'failed';
    }
  }

  private originAllowed({ headers }: IncomingMessage): boolean {
    const { origin, host } = headers;
    return origin === undefined || isOwnOrigin(origin, host) || this.options.origins.includes(origin);
  }
}

function ticketOf({ url = '' }: IncomingMessage): string {
  const plain = plainTicket.exec(url)?.[1];
  if (plain !== undefined) return plain.replace('%3A', ':');
  const query = new URLSearchParams(url.split('?', 2)[1]);
  return query.get('ticket') ?? '';
}

function full(): Verdict {
  return refuse(503, 'unavailable', 'The server is full or restarting. Try again soon.');
}

function refuse(status: Refusal['status'], code: ErrorCode, message: string): Verdict {
  return { refusal: { status, code, message } };
}
