import { Pool, defaults } from 'pg';
import { DataSource } from 'typeorm';
import { entities } from './entities';
import { migrations } from './migrations';
import { ServingPool } from './serving-pool';

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Connections held open at most. Default 20. */
  readonly poolSize?: number;
  /**
   * Milliseconds that a statement may take; longer fails. Default: no end, which is for migrations alone, since building
   * an index may take long.
   */
  readonly timeoutMs?: number;
  /** What the server's administrator sees beside each connection. */
  readonly applicationName?: string;
  /** Told about connections that broke while nobody used them; the pool replaces them by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

/** How much longer we wait for an answer than the database works on it: its own word is the better one. */
const ANSWER_MS = 500;

/** The one place where the database is described to TypeORM. The schema changes by migrations alone. */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    entities,
    migrations,
    migrationsTableName: 'migrations',
    synchronize: false,
    // Nothing that needs a superuser: gen_random_uuid() is built in.
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    // A failed query's parameters are people's messages and e-mail addresses: never into a log.
    logging: false,
    applicationName: options.applicationName ?? 'parley',
    poolSize: options.poolSize ?? 20,
    connectTimeoutMS: 10_000,
    poolErrorHandler: (error: unknown) => {
      options.onConnectionLost?.(error instanceof Error ? error : new Error(String(error)));
    },
    // What TypeORM needs of `pg`.
    driver: { Pool: ServingPool, defaults },
    extra: {
      keepAlive: true,
      // The first ends what the database works on, the second the wait for a database that does not answer.
      ...(options.timeoutMs === undefined
        ? {}
        : { statement_timeout: options.timeoutMs, query_timeout: options.timeoutMs + ANSWER_MS }),
    },
  });
}

/** Any number; it names the moment of migrating among the database's advisory locks. */
const MIGRATING = 7_205_759_403;

/**
 * Brings the schema up to date. Several nodes may start at once: one migrates, the others wait for it.
 *
 * @returns the names of the migrations that ran
 */
export async function migrate(dataSource: DataSource): Promise<readonly string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATING]);
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATING]);
    await runner.release();
  }
}

/**
 * The connection pool that the data source itself uses, for libraries that speak to `pg` directly: one pool, one limit.
 *
 * @throws TypeError when the data source is not initialised
 */
export function connectionPool(dataSource: DataSource): Pool {
  const { master } = dataSource.driver as { readonly master?: unknown };
  if (!(master instanceof Pool)) throw new TypeError('The data source is not connected.');
  return master;
}
