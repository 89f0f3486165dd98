import { Logger } from '@nestjs/common';
import { Gathered } from '@parley/persistence';
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

/** Ends are kept in whole seconds, up or down. */
const ROUNDED_MS = 1_000;

/** Ends remembered at most. */
const REMEMBERED = 10_000;

/** Statements that look for sessions at the same time. */
const LANES = 4;

interface Found {
  readonly sid: string;
  /** As JSON: two requests of one session must not share what is made of it. */
  readonly sess: string;
  readonly expire: Date;
}

/** Sessions in the database. A database that cannot be reached signs nobody out, and spoils no answer. */
export class SessionStore extends connectPgSimple(session) {
  private readonly logger = new Logger(SessionStore.name);
  private readonly wanted = new Gathered((sids: readonly string[]) => this.find(sids), LANES);
  /** When the sessions of the requests under way end, in milliseconds since 1970; the oldest come first. */
  private readonly ends = new Map<string, number>();

  constructor(private readonly options: SessionStoreOptions) {
    const { pool, tableName } = options;
    // SessionWatch removes what is over, and sooner.
    super({ pool, tableName, pruneSessionInterval: false });
  }

  override get(sid: string, callback: (error: unknown, found?: SessionData | null) => void): void {
    this.wanted.one(sid).then(
      (found) => {
        if (found !== undefined) this.remember(found);
        callback(null, found === undefined ? null : (JSON.parse(found.sess) as SessionData));
      },
      (error: unknown) => {
        // To express-session ENOENT means "there is no such session"; here it is a database whose socket file is gone.
        const isGone = (error as { code?: unknown } | null)?.code === 'ENOENT';
        callback(isGone ? unavailable('The database cannot be reached right now. Try again soon.') : error);
      },
    );
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
    const slack = Math.min((idleMs / 1000) * MOVED_AFTER, MOVED_AFTER_S);
    const known = this.ends.get(sid);
    this.ends.delete(sid);
    if (known !== undefined && known >= end.getTime() - slack * 1000 && known <= end.getTime() + ROUNDED_MS) return;
    // The upper bound is for sessions from when the idle time was longer.
    await pool.query({
      name: 'touch-session',
      text: `UPDATE "${tableName}" SET expire = $2::timestamptz
        WHERE sid = $1
          AND expire NOT BETWEEN $2::timestamptz - make_interval(secs => $3) AND $2::timestamptz + make_interval(secs => $4)`,
      values: [sid, end, slack, ROUNDED_MS / 1000],
    });
  }

  private async find(sids: readonly string[]): Promise<readonly (Found | undefined)[]> {
    const { rows } = await this.options.pool.query<Found>({
      name: 'find-sessions',
      text: `SELECT sid, sess::text, expire FROM "${this.options.tableName}" WHERE sid = ANY($1::varchar[]) AND expire >= now()`,
      values: [sids],
    });
    const bySid = new Map(rows.map((row) => [row.sid, row]));
    return sids.map((sid) => bySid.get(sid));
  }

  private remember({ sid, expire }: Found): void {
    this.ends.set(sid, expire.getTime());
    // A request that is cut off never says that it is over.
    for (const oldest of this.ends.keys()) {
      if (this.ends.size <= REMEMBERED) break;
      this.ends.delete(oldest);
    }
  }
}
