import { connectionPool, createDataSource, migrate, startEmbeddedPostgres, takeServerLock } from '@parley/persistence';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Config } from './config/config';
import { errorCode } from './http/out-of-reach';
import { StartupError } from './startup-error';

/** Postgres: cannot_connect_now. */
const STARTING = '57P03';
const STARTUP_MS = 60_000;
const POLL_MS = 200;
/** Milliseconds that the database may take to say that it is there. */
const ANSWER_MS = 2_000;

/** A migrated database, for as long as this server runs. */
export interface Database {
  readonly dataSource: DataSource;
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  /** A folder from which npm's packages can be resolved. */
  readonly packagesFrom: string;
  readonly say: (line: string) => void;
  /** Told when the embedded database went away, and with it the right to use its data. */
  readonly onLost: (reason: string) => void;
}

/**
 * Opens the configured database, or starts the embedded one, and brings its schema up to date.
 *
 * @throws StartupError or EmbeddedPostgresError, in words for people
 */
export async function openDatabase(config: Config, options: OpenDatabaseOptions): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    const dataSource = await connect(config.databaseUrl, config, options.say);
    return { dataSource, close: () => disconnect(dataSource) };
  }
  const { dataFolder: folder } = config;
  const postgres = await startEmbeddedPostgres({ folder, packagesFrom: options.packagesFrom, say: options.say });
  // Not ours to stop before this: another server may be the one that uses it.
  const lock = await takeServerLock(postgres.url, folder, options.onLost);
  try {
    const dataSource = await connect(postgres.url, config, options.say);
    return {
      dataSource,
      close: async () => {
        await disconnect(dataSource);
        await lock.release();
        await postgres.stop();
      },
    };
  } catch (error) {
    await lock.release();
    await postgres.stop();
    throw error;
  }
}

async function connect(url: string, config: Config, say: (line: string) => void): Promise<DataSource> {
  const unhurried = createDataSource({ url, poolSize: 2 });
  try {
    await untilStarted(() => unhurried.initialize(), say);
    await migrate(unhurried);
    return await createDataSource({
      url,
      poolSize: config.databasePool,
      timeoutMs: config.databaseTimeoutMs,
    }).initialize();
  } catch (error) {
    throw inWords(url, error);
  } finally {
    await disconnect(unhurried);
  }
}

/** A database that is starting, or recovering from a crash, says so; whoever starts at the same time waits for it. */
async function untilStarted(connected: () => Promise<unknown>, say: (line: string) => void): Promise<void> {
  const deadline = performance.now() + STARTUP_MS;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await connected();
      return;
    } catch (error) {
      if (errorCode(error) !== STARTING || performance.now() > deadline) throw error;
      if (attempt === 0) say('The database is starting; waiting for it…');
      await delay(POLL_MS);
    }
  }
}

/** Nest has closed it already when the application came to run. */
async function disconnect(dataSource: DataSource): Promise<void> {
  if (dataSource.isInitialized) await dataSource.destroy();
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start Postgres, or correct DATABASE_URL',
  ENOTFOUND: 'no such host. Correct DATABASE_URL',
  EAI_AGAIN: 'its name cannot be resolved. Check the network and DATABASE_URL',
  ETIMEDOUT: 'it does not answer. Check the network and DATABASE_URL',
  EHOSTUNREACH: 'there is no way to it. Check the network and DATABASE_URL',
  '28P01': 'the password is wrong. Correct DATABASE_URL',
  '28000': 'this user may not connect. Correct DATABASE_URL',
  '3D000': 'there is no database of that name. Create it, or correct DATABASE_URL',
  '42501': 'the user may not create tables in it. Grant that, or correct DATABASE_URL',
  '57P03': 'it is still starting, recovering or stopping. Try again when it is ready',
  '53100': 'its disk is full',
  '53300': 'it has no connection left. Lower DATABASE_POOL, or raise its max_connections',
};

function inWords(url: string, error: unknown): unknown {
  const code = errorCode(error);
  const reason = code === undefined ? undefined : reasons[code];
  const { host, pathname } = new URL(url);
  return reason === undefined ? error : new StartupError(`The database ${host}${pathname}: ${reason}.`);
}

/** Whether the database answers now, for the health page; one that lets us wait does not. */
export async function databaseAnswers(dataSource: DataSource): Promise<boolean> {
  const answered = connectionPool(dataSource)
    .query('SELECT 1')
    .then(
      () => true,
      // Whatever the reason: who asks wants to know whether, and the log has it from those who needed it.
      () => false,
    );
  return Promise.race([answered, delay(ANSWER_MS, false, { ref: false })]);
}
