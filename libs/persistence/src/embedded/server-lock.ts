import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error';

/** Any number; it names "a Parley server runs here" among the database's advisory locks. */
const SERVER = 7_205_759_404;
/** A server that was killed a moment ago may still seem connected. */
const PATIENCE_MS = 3_000;
/** Postgres recovers by itself from the crash of one of its processes, and drops every connection meanwhile. */
const RECOVERY_MS = 30_000;
const POLL_MS = 100;

/** Says that this process is the one server of an embedded database, for as long as it holds it. */
export interface ServerLock {
  release(): Promise<void>;
}

/**
 * Takes the lock. It hangs on a connection, so it goes with the process however that ends. When Postgres drops the
 * connection, the lock is taken again as soon as possible.
 *
 * @param folder named in the message
 * @param onLost told when the database stayed away, or another server took the lock meanwhile
 * @throws EmbeddedPostgresError when another server has it
 */
export async function takeServerLock(
  url: string,
  folder: string,
  onLost: (reason: string) => void,
): Promise<ServerLock> {
  const lock = new HeldLock(url, onLost);
  if (!(await lock.take(PATIENCE_MS))) {
    throw new EmbeddedPostgresError(
      `Another Parley server is already using the data in ${folder}. Stop it, or give this one a folder of its own ` +
        `(PARLEY_DATA) or another database (DATABASE_URL).`,
    );
  }
  return lock;
}

class HeldLock implements ServerLock {
  private client: Client | undefined;
  private released = false;

  constructor(
    private readonly url: string,
    private readonly onLost: (reason: string) => void,
  ) {}

  /** @returns false when someone else kept it all the time */
  async take(patienceMs: number): Promise<boolean> {
    const client = new Client({ connectionString: this.url, application_name: 'parley server', keepAlive: true });
    client.on('error', () => void this.retake(client));
    client.on('end', () => void this.retake(client));
    await client.connect();
    const deadline = Date.now() + patienceMs;
    while (!(await tryLock(client))) {
      if (Date.now() > deadline) {
        await client.end();
        return false;
      }
      await delay(POLL_MS);
    }
    this.client = client;
    return true;
  }

  async release(): Promise<void> {
    this.released = true;
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  /** The first of "error" and "end" of the connection that holds the lock gets here; others find nothing to do. */
  private async retake(lost: Client): Promise<void> {
    if (this.client !== lost) return;
    this.client = undefined;
    const deadline = Date.now() + RECOVERY_MS;
    while (!this.released) {
      const outcome = await this.take(PATIENCE_MS).catch((error: unknown) => error);
      if (outcome === true) break;
      if (outcome === false) {
        this.onLost('Another Parley server took over its data.');
        return;
      }
      if (Date.now() > deadline) {
        this.onLost(
          `The embedded database went away (${outcome instanceof Error ? outcome.message : String(outcome)}).`,
        );
        return;
      }
      await delay(POLL_MS);
    }
    if (this.released) await this.release();
  }
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [SERVER]);
  return rows[0]?.taken === true;
}
