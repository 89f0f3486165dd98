import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error';

/** Any number; it names "a Parley server runs here" among the database's advisory locks. */
const SERVER = 7_205_759_404;
const PATIENCE_MS = 3_000;
const POLL_MS = 100;

/** Says that this process is the one server of an embedded database, for as long as it holds it. */
export interface ServerLock {
  release(): Promise<void>;
}

/**
 * Takes the lock. It hangs on a connection, so it goes with the process however that ends; a server that was killed a
 * moment ago may still be connected, hence some patience.
 *
 * @param folder named in the message
 * @param onLost told when the connection broke, and with it the lock
 * @throws EmbeddedPostgresError when another server has it
 */
export async function takeServerLock(url: string, folder: string, onLost: () => void): Promise<ServerLock> {
  const client = new Client({ connectionString: url, application_name: 'parley server', keepAlive: true });
  let released = false;
  client.on('error', () => {
    if (!released) onLost();
  });
  await client.connect();
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await tryLock(client))) {
    if (Date.now() > deadline) {
      released = true;
      await client.end();
      throw new EmbeddedPostgresError(
        `Another Parley server is already using the data in ${folder}. Stop it, or give this one a folder of its own ` +
          `(PARLEY_DATA) or another database (DATABASE_URL).`,
      );
    }
    await delay(POLL_MS);
  }
  return {
    release: async () => {
      released = true;
      await client.end();
    },
  };
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [SERVER]);
  return rows[0]?.taken === true;
}
