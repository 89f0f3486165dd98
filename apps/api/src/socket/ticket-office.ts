import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { TicketRecords } from '@parley/persistence';
import { TICKET_LIFETIME_MS, type Ticket } from '@parley/protocol';
import { Tickets, type Admission } from '@parley/socket';
import { createHash, randomBytes } from 'node:crypto';
import { sessionHash } from '../auth/session-hash';
import { SessionWatch } from '../auth/session-watch';
import { Recurring } from '../recurring';

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
   * @param connectionId of the connection that is to go on (T4); else the ticket is for a new one
   */
  async issue(userId: string, sid: string, connectionId = randomBytes(16).toString('base64url')): Promise<Ticket> {
    const authCode = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + TICKET_LIFETIME_MS);
    const hashes = { authCodeHash: hash(authCode), sessionHash: sessionHash(sid) };
    await this.records.add({ ...hashes, connectionId, userId, expiresAt });
    return { ticket: `${connectionId}:${authCode}`, connectionId, expiresAt: expiresAt.toISOString() };
  }

  override async redeem(ticket: {
    readonly connectionId: string;
    readonly authCode: string;
  }): Promise<Admission | undefined> {
    const bearer = await this.records.take(hash(ticket.authCode), ticket.connectionId);
    if (bearer === undefined) return undefined;
    const { connectionId, userId, name } = bearer;
    const sessionId = bearer.sessionHash.toString('hex');
    // It may have ended while the ticket was looked up; whoever holds the connection hears of later ends.
    if (!this.watch.follow(sessionId)) return undefined;
    return { connectionId, principal: { userId, name, sessionId } };
  }
}

function hash(authCode: string): Buffer {
  return createHash('sha256').update(authCode).digest();
}
