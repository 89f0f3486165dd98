import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { connectionPool } from '../data-source';

/** Postgres' channel on which the end of each session is announced; the payload is its hash in hexadecimal. */
export const SESSION_ENDED_CHANNEL = 'parley_session_ended';

/** Signed-in browsers, known by the SHA-256 of their session's id alone. */
@Injectable()
export class SessionRecords {
  constructor(private readonly dataSource: DataSource) {}

  /** Ends those whose time is over. Each is announced like any other end. */
  async endExpired(): Promise<void> {
    await connectionPool(this.dataSource).query({
      name: 'end-expired-sessions',
      text: 'DELETE FROM sessions WHERE expire <= now()',
    });
  }

  /** Which of these (in hexadecimal) are still going on. */
  async alive(hashes: readonly string[]): Promise<readonly string[]> {
    const { rows } = await connectionPool(this.dataSource).query<{ hash: string }>(
      `SELECT encode(sha256(sid::bytea), 'hex') AS hash FROM sessions
        WHERE sha256(sid::bytea) = ANY (SELECT decode(wanted, 'hex') FROM unnest($1::text[]) AS wanted)
          AND expire > now()`,
      [hashes],
    );
    return rows.map((row) => row.hash);
  }
}
