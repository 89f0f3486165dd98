import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { TicketRecords, type TicketSession } from '@parley/persistence';
import { TICKET_LIFETIME_MS, type Ticket } from '@parley/protocol';
import { Tickets, type Admission } from '@parley/socket';
import { hash, randomBytes } from 'node:crypto';
import { sessionHash } from '../auth/session-hash';
import { SessionWatch } from '../auth/session-watch';
import { Recurring } from '../recurring';

const AUTH_CODE_BYTES = 32;
const CONNECTION_ID_BYTES = 16;

const SWEEP_MS = 10_000;

/** Issues and redeems tickets (T1, T2). The database knows their hashes only. */
@Injectable()
export class TicketOffice extends Tickets implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(TicketOffice.name);
  private sweeper: Recurring | undefined;

  constructor(
    private readonly records: TicketRecords,
    private readonly watch: SessionWatch,
  ) {
    super();
  }

  onModuleInit(): void {
    this.sweeper = new Recurring({
      everyMs: SWEEP_MS,
      work: () => this.records.removeExpired(),
      onTrouble: (error) => this.logger.warn(`Expired tickets are not removed; trying on. ${String(error)}`),
    });
  }

  onModuleDestroy(): void {
    this.sweeper?.stop();
  }

  /**
   * @param sid the session's id, of which only a hash is kept
   * @param resumed id of the connection that is to go on (T4); else the ticket is for a new one
   */
  async issue(userId: string, sid: string, resumed?: string): Promise<Ticket> {
    const { authCode, connectionId } = newSecrets(resumed);
    const expiresAt = new Date(Date.now() + TICKET_LIFETIME_MS);
    const hashes = { authCodeHash: sha256(authCode), sessionHash: sessionHash(sid) };
    await this.records.add({ ...hashes, connectionId, userId, expiresAt });
    return { ticket: `${connectionId}:${authCode}`, connectionId, expiresAt: expiresAt.toISOString() };
  }

  /**
   * A ticket for whoever is signed in with this session.
   *
   * @param resumed as for {@link issue}
   * @returns undefined when nobody is
   */
  async issueFor(
    sid: string,
    resumed?: string,
  ): Promise<{ readonly ticket: Ticket; readonly session: TicketSession } | undefined> {
    const { authCode, connectionId } = newSecrets(resumed);
    const session = await this.records.addFor({ sid, connectionId, authCodeHash: hash('sha256', authCode) });
    if (session === undefined) return undefined;
    const expiresAt = new Date(session.ticketUntil).toISOString();
    return { session, ticket: { ticket: `${connectionId}:${authCode}`, connectionId, expiresAt } };
  }

  override async redeem(ticket: {
    readonly connectionId: string;
    readonly authCode: string;
  }): Promise<Admission | undefined> {
    const bearer = await this.records.take(sha256(ticket.authCode), ticket.connectionId);
    if (bearer === undefined) return undefined;
    const { connectionId, userId, name } = bearer;
    const sessionId = bearer.sessionHash.toString('hex');
    // It may have ended while the ticket was looked up; whoever holds the connection hears of later ends.
    if (!this.watch.follow(sessionId)) return undefined;
    return { connectionId, principal: { userId, name, sessionId } };
  }
}

function newSecrets(resumed: string | undefined): { readonly authCode: string; readonly connectionId: string } {
  const random = randomBytes(AUTH_CODE_BYTES + CONNECTION_ID_BYTES);
  return {
    authCode: random.toString('base64url', 0, AUTH_CODE_BYTES),
    connectionId: resumed ?? random.toString('base64url', AUTH_CODE_BYTES),
  };
}

function sha256(authCode: string): Buffer {
  return hash('sha256', authCode, 'buffer');
}
