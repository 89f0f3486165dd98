import { Pool, type PoolClient, type PoolConfig } from 'pg';

/**
 * A pool that keeps no connection whose query is still unanswered. When `query_timeout` is over, `pg` gives the query
 * up but not the connection; TypeORM hands it back like a good one, and whoever got it next would wait as long again.
 */
export class ServingPool extends Pool {
  constructor(config?: PoolConfig) {
    super(config);
    this.on('release', (_error: unknown, client: PoolClient & StuckClient) => {
      if (client._activeQuery == null) return;
      // The pool removes what is ending; how it ends is of no interest any more.
      client.end().catch(() => undefined);
    });
  }
}

/** `pg` has no public name for the query that a connection is busy with. */
interface StuckClient {
  readonly _activeQuery?: unknown;
  end(): Promise<void>;
}
