import { Inject, Injectable } from '@nestjs/common';
import type { TicketSession } from '@parley/persistence';
import { ticketRequest, type Ticket, type TicketRequest } from '@parley/protocol';
import { Admissions } from '@parley/socket';
import type { RequestHandler } from 'express';
import { PinoLogger } from 'nestjs-pino';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DataSource } from 'typeorm';
import { SessionCookie, type SentCookie } from '../auth/session-cookie';
import { SessionExpiry } from '../auth/session-expiry';
import { sessionHash } from '../auth/session-hash';
import { sessionTable } from '../auth/session-middleware';
import { CONFIG, type Config } from '../config/config';
import { sessionSecret } from '../config/session-secret';
import { answeredLevel, requestId } from '../http/logging';
import { mayChange } from '../http/origin-check';
import { isOutOfReach } from '../http/out-of-reach';
import { noStore, securityHeaders } from '../http/security-headers';
import { readBody, smallBodyLength } from '../http/small-body';
import { standingHeaders } from '../http/standing-headers';
import { Metrics } from '../metrics/metrics';
import { TicketOffice } from './ticket-office';
import { TicketPace } from './ticket-pace';

const ROUTE = '/api/ticket';

/** Hands a request over to Express, and with it to the {@link TicketController}. */
type FullWay = () => void;

/**
 * Gives tickets to those who come with all that it takes, past Express: thousands who come back together want one each,
 * and the layers of a request cost several times what a ticket does. Its answer is the controller's, and the only one
 * that it gives: whatever is unusual, wrong or refused goes the full way, which then meets an untouched request.
 */
@Injectable()
export class TicketWindow {
  private readonly cookies: SessionCookie;
  private readonly expiry: SessionExpiry;
  private readonly headers: readonly string[];
  private readonly logLevel: 'info' | 'debug';
  private readonly failures = new WeakMap<IncomingMessage, unknown>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    dataSource: DataSource,
    private readonly office: TicketOffice,
    private readonly pace: TicketPace,
    private readonly admissions: Admissions,
    private readonly metrics: Metrics,
  ) {
    this.cookies = new SessionCookie(sessionSecret(config), config.trustProxy);
    this.expiry = new SessionExpiry(sessionTable(config, dataSource));
    this.headers = [
      ...standingHeaders([...securityHeaders, noStore]),
      'Content-Type',
      'application/json; charset=utf-8',
    ];
    this.logLevel = answeredLevel(config);
  }

  /** Says, where sessions are read, that the database was out of reach when the request was dealt with here. */
  readonly failed: RequestHandler = (request, _response, next) => {
    next(this.failures.get(request));
  };

  /** Takes a request that is its own; calls the full way for any other. */
  readonly take = (request: IncomingMessage, response: ServerResponse, fullWay: FullWay): void => {
    const cookie = this.cookieOf(request);
    const length = cookie === undefined ? undefined : smallBodyLength(request);
    if (cookie === undefined || length === undefined) fullWay();
    else if (length === 0) void this.serve(request, response, cookie, {}, fullWay);
    else {
      readBody(request, length, (body) => {
        const putBack = (): void => {
          request.unshift(body);
          fullWay();
        };
        const asked = readRequest(body);
        if (asked === undefined) putBack();
        else void this.serve(request, response, cookie, asked, putBack);
      });
    }
  };

  /** @returns undefined for a request that is not for a ticket, or has not all that it takes */
  private cookieOf(request: IncomingMessage): SentCookie | undefined {
    if (request.url !== ROUTE || request.method !== 'POST' || request.httpVersion !== '1.1') return undefined;
    const { cookie } = request.headers;
    return cookie !== undefined && mayChange(request, this.config.origins) ? this.cookies.read(cookie) : undefined;
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
    cookie: SentCookie,
    { resume }: TicketRequest,
    fullWay: FullWay,
  ): Promise<void> {
    if (this.admissions.draining || this.pace.tryTake(cookie.sid) > 0) {
      fullWay();
      return;
    }
    const over = this.whenOver(request, response);
    response.once('close', over);
    const issued = await this.issue(request, cookie.sid, resume);
    if (issued === undefined) {
      response.off('close', over);
      fullWay();
    } else this.answer(request, response, cookie, issued);
  }

  private async issue(request: IncomingMessage, sid: string, resume: string | undefined) {
    const resumes = resume !== undefined && this.admissions.resumes(resume, sessionHash(sid).toString('hex'));
    try {
      return await this.office.issueFor(sid, resumes ? resume : undefined);
    } catch (error) {
      // Others the full way meets itself. But a database that is away should not be waited for twice.
      if (isOutOfReach(error)) this.failures.set(request, error);
      return undefined;
    }
  }

  private answer(
    request: IncomingMessage,
    response: ServerResponse,
    { sid, pair }: SentCookie,
    { ticket, session }: { readonly ticket: Ticket; readonly session: TicketSession },
  ): void {
    const now = Date.now();
    const until = now + Math.min(this.config.sessionIdleMs, session.endsAt - now);
    const body = JSON.stringify(ticket);
    const headers = [...this.headers, 'Content-Length', String(Buffer.byteLength(body))];
    if (!session.secure || this.cookies.isSecure(request)) {
      headers.push('Set-Cookie', this.cookies.renewed(pair, until, session.secure));
    }
    response.writeHead(200, headers).end(body);
    // Tells its end, which waits for somebody to ask.
    request.read(0);
    void this.expiry.move(sid, until, session.expire);
  }

  /** Measures and logs a request as Express' layers do, when it is answered or its client has left. */
  private whenOver(request: IncomingMessage, response: ServerResponse): () => void {
    const began = performance.now();
    return () => {
      const ms = performance.now() - began;
      if (response.writableFinished) this.metrics.answered({ method: 'POST', route: ROUTE, status: 200 }, ms / 1000);
      if (!PinoLogger.root.isLevelEnabled(this.logLevel)) return;
      const line = { req: Object.assign(request, { id: requestId() }), res: response, responseTime: Math.round(ms) };
      PinoLogger.root[this.logLevel](line, response.writableEnded ? 'request completed' : 'request aborted');
    };
  }
}

/** @returns undefined for what is no such request: the full way says what is wrong with it */
function readRequest(body: Buffer): TicketRequest | undefined {
  try {
    return ticketRequest.safeParse(JSON.parse(body.toString())).data;
  } catch {
    return undefined;
  }
}
