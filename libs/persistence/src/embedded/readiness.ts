import { Client, type DatabaseError } from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error';

/** Postgres says so while it starts, recovers or shuts down. */
const CANNOT_CONNECT_NOW = '57P03';
const WRONG_PASSWORD = '28P01';

/**
 * Tries to get in.
 *
 * @returns whether it answered; false while it starts, recovers, stops, or nobody listens
 * @throws EmbeddedPostgresError when it does not take the folder's password, so it is not the one we think it is
 */
export async function answers(url: string, data: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Without a listener, a connection that breaks after connecting would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    const { code } = error as Partial<DatabaseError>;
    if (code === WRONG_PASSWORD) {
      throw new EmbeddedPostgresError(
        `The database in ${data} does not take the password kept beside it. If its data may go, delete both.`,
      );
    }
    if (code === CANNOT_CONNECT_NOW || code === 'ECONNREFUSED' || code === 'ECONNRESET') return false;
    throw error;
  } finally {
    await client.end();
  }
}

/** Makes the database unless it is there. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    // Another start made it in between.
    if (!['42P04', '23505'].includes((error as Partial<DatabaseError>).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}
