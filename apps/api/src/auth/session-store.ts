import { Gathered } from '@parley/persistence';
import connectPgSimple from 'connect-pg-simple';
import session, { type SessionData } from 'express-session';
import { unavailable } from '../http/problem.exception';
import { SessionExpiry, type SessionTable } from './session-expiry';

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
  private readonly wanted = new Gathered((sids: readonly string[]) => this.find(sids), LANES);
  /** When the sessions of the requests under way end, in milliseconds since 1970; the oldest come first. */
  private readonly ends = new Map<string, number>();
  private readonly expiry: SessionExpiry;

  constructor(private readonly options: SessionTable) {
    const { pool, tableName } = options;
    // SessionWatch removes what is over, and sooner.
    super({ pool, tableName, pruneSessionInterval: false });
    this.expiry = new SessionExpiry(options);
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

  /** The answer is on its way already; if this fails, the next request does it. */
  override touch(sid: string, { cookie }: SessionData, callback?: () => void): void {
    const known = this.ends.get(sid);
    this.ends.delete(sid);
    void this.expiry.move(sid, Date.now() + (cookie.maxAge ?? this.options.idleMs), known).finally(callback);
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
