import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createDataSource, migrate } from '../data-source';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres';

/** A Postgres of the test's own, in a temporary folder. */
export interface TestPostgres {
  /** Of the migrated template; connect to {@link createDatabase}'s instead. */
  readonly url: string;
  /** A fresh, migrated, empty database; returns its URL. */
  createDatabase(): Promise<string>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/**
 * Starts a Postgres for tests: real, but without waiting for the disk. Each call gives another one, on a port of its
 * own, so several test files may run at once.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
  // Postgres runs as another user than root and has to get in.
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({
    folder,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '32MB' },
  });
  // A test run that ends early must not leave it behind; immediate shutdown, its data are of no value.
  const atExit = (): void => {
    process.kill(postgres.pid, 'SIGQUIT');
  };
  process.once('exit', atExit);
  const template = createDataSource({ url: postgres.url, poolSize: 2 });
  await template.initialize();
  await migrate(template);
  await template.destroy();
  return {
    url: postgres.url,
    createDatabase: () => createDatabase(postgres.url),
    stop: async () => {
      process.off('exit', atExit);
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createDatabase(templateUrl: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new URL(templateUrl);
  const template = admin.pathname.slice(1);
  admin.pathname = '/postgres';
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  } finally {
    await client.end();
  }
  admin.pathname = `/${name}`;
  return admin.href;
}
