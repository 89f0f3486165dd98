import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';

/** Where sessions are kept, and for how long. */
export interface SessionTable {
  readonly pool: Pool;
  readonly tableName: string;
  /** After so long without use a session ends. */
  readonly idleMs: number;
}

/** The end of a session is moved when this part of its idle time has passed, … */
const MOVED_AFTER = 1 / 10;
/** … or so many seconds, whichever is less. */
const MOVED_AFTER_S = 60;

/** Ends are kept in whole seconds, up or down. */
const ROUNDED_MS = 1_000;

/**
 * Moves the end of a session that is used. Only now and then: each write waits for the disk, and thousands who come
 * back together would wait for each other.
 */
export class SessionExpiry {
  private readonly logger = new Logger(SessionExpiry.name);
  private readonly slackMs: number;

  constructor(private readonly table: SessionTable) {
    this.slackMs = Math.min(table.idleMs * MOVED_AFTER, MOVED_AFTER_S * 1000);
  }

  /**
   * Never rejects: a database that is away is a line in the log, and the next request moves the end.
   *
   * @param end milliseconds since 1970
   * @param known the end that the session had a moment ago
   */
  async move(sid: string, end: number, known?: number): Promise<void> {
    if (known !== undefined && known >= end - this.slackMs && known <= end + ROUNDED_MS) return;
    const { pool, tableName } = this.table;
    try {
      // The upper bound is for sessions from when the idle time was longer.
      await pool.query({
        name: 'touch-session',
        text: `UPDATE "${tableName}" SET expire = $2::timestamptz
          WHERE sid = $1
            AND expire NOT BETWEEN $2::timestamptz - make_interval(secs => $3) AND $2::timestamptz + make_interval(secs => $4)`,
        values: [sid, new Date(end), this.slackMs / 1000, ROUNDED_MS / 1000],
      });
    } catch (error) {
      this.logger.warn(`The end of a session was not moved. ${String(error)}`);
    }
  }
}
