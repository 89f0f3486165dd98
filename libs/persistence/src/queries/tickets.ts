import { Injectable } from '@nestjs/common';
import { TICKET_LIFETIME_MS } from '@parley/protocol';
import { DataSource } from 'typeorm';
import { connectionPool } from '../data-source';
import { Gathered } from '../gathered';

/** What a ticket says about its bearer. */
export interface TicketBearer {
  readonly connectionId: string;
  readonly userId: string;
  readonly name: string;
  /** SHA-256 of the session's id. */
  readonly sessionHash: Buffer;
}

/** A ticket that is to be kept. */
export interface NewTicket {
  readonly authCodeHash: Buffer;
  readonly connectionId: string;
  readonly userId: string;
  readonly sessionHash: Buffer;
  readonly expiresAt: Date;
}

/** A ticket that is to be kept if the session is there. */
export interface SessionTicket {
  /** In hexadecimal. */
  readonly authCodeHash: string;
  readonly connectionId: string;
  /** The session's id; only a hash of it is kept. */
  readonly sid: string;
}

/** The session that a ticket was kept for, in milliseconds since 1970. */
export interface TicketSession {
  /** When the ticket expires. */
  readonly ticketUntil: number;
  /** When the session ends unless it is used. */
  readonly expire: number;
  /** When it ends, used or not. */
  readonly endsAt: number;
  /** Whether its cookie is for HTTPS alone. */
  readonly secure: boolean;
}

interface Shown {
  readonly authCodeHash: Buffer;
  readonly connectionId: string;
}

/** One at a time: two that take the same tickets in different orders would wait for each other. */
const LANES = 1;

/** One-time tickets by the hash of their secret (T1, T2). */
@Injectable()
export class TicketRecords {
  private readonly added = new Gathered((tickets: readonly NewTicket[]) => this.addAll(tickets), LANES);
  private readonly addedFor = new Gathered((tickets: readonly SessionTicket[]) => this.addAllFor(tickets), LANES);
  private readonly taken = new Gathered((shown: readonly Shown[]) => this.takeAll(shown), LANES);

  constructor(private readonly dataSource: DataSource) {}

  add(ticket: NewTicket): Promise<void> {
    return this.added.one(ticket);
  }

  /**
   * Keeps a ticket for whoever is signed in with this session: what {@link add} does after looking for the session and
   * its user, in one statement.
   *
   * @returns undefined, and nothing is kept, when the session is unknown or over, or nobody is signed in with it
   */
  addFor(ticket: SessionTicket): Promise<TicketSession | undefined> {
    return this.addedFor.one(ticket);
  }

  /**
   * Takes a ticket out. Of two that race for it, here or on different nodes, one gets it.
   *
   * @returns undefined when it is unknown, used or expired, or its session is over
   */
  take(authCodeHash: Buffer, connectionId: string): Promise<TicketBearer | undefined> {
    return this.taken.one({ authCodeHash, connectionId });
  }

  private async addAll(tickets: readonly NewTicket[]): Promise<readonly undefined[]> {
    await connectionPool(this.dataSource).query({
      name: 'add-tickets',
      text: `INSERT INTO tickets (auth_code_hash, connection_id, user_id, session_hash, expires_at)
        SELECT * FROM unnest($1::bytea[], $2::varchar[], $3::uuid[], $4::bytea[], $5::timestamptz[])`,
      values: [
        tickets.map(({ authCodeHash }) => authCodeHash),
        tickets.map(({ connectionId }) => connectionId),
        tickets.map(({ userId }) => userId),
        tickets.map(({ sessionHash }) => sessionHash),
        tickets.map(({ expiresAt }) => expiresAt),
      ],
    });
    return tickets.map(() => undefined);
  }

  private async addAllFor(tickets: readonly SessionTicket[]): Promise<readonly (TicketSession | undefined)[]> {
    const ticketUntil = Date.now() + TICKET_LIFETIME_MS;
    const { rows } = await connectionPool(this.dataSource).query<{
      place: number;
      expire: number;
      ends_at: number;
      secure: boolean;
    }>({
      name: 'add-session-tickets',
      text: `WITH found AS MATERIALIZED (
          SELECT place, decode(hash, 'hex') AS hash, connection, users.id AS user_id, sha256(sid::bytea) AS session_hash, expire, sess
          FROM unnest($1::varchar[], $2::varchar[], $3::varchar[], $4::integer[]) AS wanted (sid, hash, connection, place)
            JOIN sessions USING (sid) JOIN users ON users.id = (sess->>'userId')::uuid
          WHERE expire >= now() AND sess->>'endsAt' IS NOT NULL
        ), kept AS (
          INSERT INTO tickets (auth_code_hash, connection_id, user_id, session_hash, expires_at)
          SELECT hash, connection, user_id, session_hash, $5::timestamptz FROM found
        )
        SELECT place, extract(epoch FROM expire)::float8 * 1000 AS expire, (sess->>'endsAt')::float8 AS ends_at,
          coalesce((sess->'cookie'->>'secure')::boolean, false) AS secure FROM found`,
      values: [
        tickets.map(({ sid }) => sid),
        tickets.map(({ authCodeHash }) => authCodeHash),
        tickets.map(({ connectionId }) => connectionId),
        tickets.map((_ticket, place) => place),
        new Date(ticketUntil),
      ],
    });
    const sessions = tickets.map((): TicketSession | undefined => undefined);
    for (const { place, expire, ends_at: endsAt, secure } of rows) {
      sessions[place] = { ticketUntil, expire, endsAt, secure };
    }
    return sessions;
  }

  /**
   * One statement: a row that another one takes meanwhile is waited for, and then gone. In the order of the hashes, so
   * that two nodes never wait for each other.
   */
  private async takeAll(shown: readonly Shown[]): Promise<readonly (TicketBearer | undefined)[]> {
    const sorted = shown
      .map((each, place) => ({ ...each, place }))
      .sort((a, b) => a.authCodeHash.compare(b.authCodeHash));
    const { rows } = await connectionPool(this.dataSource).query<{
      place: number;
      user_id: string;
      name: string;
      session_hash: Buffer;
    }>({
      name: 'take-tickets',
      text: `DELETE FROM tickets
        USING unnest($1::bytea[], $2::varchar[], $3::integer[]) AS shown (hash, connection, place), sessions, users
        WHERE auth_code_hash = shown.hash AND connection_id = shown.connection AND expires_at > now()
          AND sha256(sid::bytea) = session_hash AND expire > now() AND users.id = user_id
        RETURNING place, user_id, users.name, session_hash`,
      values: [
        sorted.map(({ authCodeHash }) => authCodeHash),
        sorted.map(({ connectionId }) => connectionId),
        sorted.map(({ place }) => place),
      ],
    });
    const bearers = shown.map((): TicketBearer | undefined => undefined);
    for (const { place, user_id: userId, name, session_hash: sessionHash } of rows) {
      const connectionId = shown[place]?.connectionId;
      if (connectionId !== undefined) bearers[place] = { connectionId, userId, name, sessionHash };
    }
    return bearers;
  }

  /** Forgets those that nobody can use any more. */
  async removeExpired(): Promise<void> {
    await this.dataSource.query('DELETE FROM tickets WHERE expires_at <= now()');
  }
}
