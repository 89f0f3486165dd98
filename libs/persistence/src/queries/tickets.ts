import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { connectionPool } from '../data-source';

/** What a ticket says about its bearer. */
export interface TicketBearer {
  readonly connectionId: string;
  readonly userId: string;
  readonly name: string;
  /** SHA-256 of the session's id. */
  readonly sessionHash: Buffer;
}

/** One-time tickets by the hash of their secret (T1, T2). */
@Injectable()
export class TicketRecords {
  constructor(private readonly dataSource: DataSource) {}

  async add(ticket: {
    readonly authCodeHash: Buffer;
    readonly connectionId: string;
    readonly userId: string;
    readonly sessionHash: Buffer;
    readonly expiresAt: Date;
  }): Promise<void> {
    await connectionPool(this.dataSource).query({
      name: 'add-ticket',
      text: `INSERT INTO tickets (auth_code_hash, connection_id, user_id, session_hash, expires_at)
        VALUES ($1, $2, $3, $4, $5)`,
      values: [ticket.authCodeHash, ticket.connectionId, ticket.userId, ticket.sessionHash, ticket.expiresAt],
    });
  }

  /**
   * Takes a ticket out. One statement: of two that race for it, the second waits for the first and finds nothing.
   *
   * @returns undefined when it is unknown, used or expired, or its session is over
   */
  async take(authCodeHash: Buffer, connectionId: string): Promise<TicketBearer | undefined> {
    const { rows } = await connectionPool(this.dataSource).query<{
      user_id: string;
      name: string;
      session_hash: Buffer;
    }>({
      name: 'take-ticket',
      text: `DELETE FROM tickets USING sessions, users
        WHERE auth_code_hash = $1 AND connection_id = $2 AND expires_at > now()
          AND sha256(sid::bytea) = session_hash AND expire > now() AND users.id = user_id
        RETURNING user_id, users.name, session_hash`,
      values: [authCodeHash, connectionId],
    });
    const [row] = rows;
    return row && { connectionId, userId: row.user_id, name: row.name, sessionHash: row.session_hash };
  }

  /** Forgets those that nobody can use any more. */
  async removeExpired(): Promise<void> {
    await this.dataSource.query('DELETE FROM tickets WHERE expires_at <= now()');
  }
}
