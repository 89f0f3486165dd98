import { Logger } from '@nestjs/common';
import connectPgSimple from 'connect-pg-simple';
import session, { type SessionData } from 'express-session';
import type { Pool } from 'pg';
import { unavailable } from '../http/problem.exception';

export interface SessionStoreOptions {
  readonly pool: Pool;
  readonly tableName: string;
  /** After so long without use a session ends. */
  readonly idleMs: number;
}

/** The end of a session is moved when this part of its idle time has passed, … */
const MOVED_AFTER = 1 / 10;
/** … or so many seconds, whichever is less. */
const MOVED_AFTER_S = 60;

/** Sessions in the database. A database that cannot be reached signs nobody out, and spoils no answer. */
export class SessionStore extends connectPgSimple(session) {
  private readonly logger = new Logger(SessionStore.name);

  constructor(private readonly options: SessionStoreOptions) {
    const { pool, tableName } = options;
    // SessionWatch removes what is over, and sooner.
    super({ pool, tableName, pruneSessionInterval: false });
  }

  override get(sid: string, callback: (error: unknown, found?: SessionData | null) => void): void {
    super.get(sid, (error: unknown, found) => {
      // To express-session ENOENT means "there is no such session"; here it is a database whose socket file is gone.
      if ((error as { code?: unknown } | null)?.code === 'ENOENT') {
        callback(unavailable('The database cannot be reached right now. Try again soon.'));
      } else callback(error, found);
    });
  }

  /**
   * Moves the end of a session that is used. Only now and then: each write waits for the disk, and thousands who come
   * back together would wait for each other. The answer is on its way already; if this fails, the next request does it.
   */
  override touch(sid: string, { cookie }: SessionData, callback?: () => void): void {
    this.moveEnd(sid, new Date(Date.now() + (cookie.maxAge ?? this.options.idleMs)))
      .catch((error: unknown) => this.logger.warn(`The end of a session was not moved. ${String(error)}`))
      .finally(callback);
  }

  private async moveEnd(sid: string, end: Date): Promise<void> {
    const { pool, tableName, idleMs } = this.options;
    // The upper bound is for sessions from when the idle time was longer. Ends are kept in whole seconds.
    await pool.query({
      name: 'touch-session',
      text: `UPDATE "${tableName}" SET expire = $2::timestamptz
        WHERE sid = $1 AND expire NOT BETWEEN $2::timestamptz - make_interval(secs => $3) AND $2::timestamptz + interval '1 second'`,
      values: [sid, end, Math.min((idleMs / 1000) * MOVED_AFTER, MOVED_AFTER_S)],
    });
  }
}
