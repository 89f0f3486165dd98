import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createDataSource, migrate } from '../data-source';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '../embedded/embedded-postgres';

/** A Postgres of the test's own, in a temporary folder. */
export interface TestPostgres {
  /** Of the migrated template; connect to {@link createDatabase}'s instead. */
  readonly url: string;
  /** A fresh, migrated, empty database; returns its URL. */
  createDatabase(): Promise<string>;
  /** Ends all its processes with SIGKILL, at once. */
  kill(): void;
  /** Starts it again after {@link kill}, at the same address. Resolves when it has recovered and takes connections. */
  restart(): Promise<void>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** Nothing waits for the disk: the machine survives the test. */
const hasty = { fsync: 'off', full_page_writes: 'off', shared_buffers: '32MB' };

/**
 * Starts a Postgres for tests: real, but without waiting for the disk. Each call gives another one, on a port of its
 * own, so several test files may run at once.
 *
 * @param survivesKill what is committed is still there after {@link TestPostgres.kill}; costs a little time
 */
export async function startTestPostgres({ survivesKill = false } = {}): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-test-'));
  // Postgres runs as another user than root and has to get in.
  chmodSync(folder, 0o711);
  const settings = survivesKill ? hasty : { ...hasty, synchronous_commit: 'off' };
  const running = new RunningPostgres({ folder, settings });
  const url = await running.start();
  const template = createDataSource({ url, poolSize: 2 });
  await template.initialize();
  await migrate(template);
  await template.destroy();
  return {
    url,
    createDatabase: () => createDatabase(url),
    kill: () => running.kill(),
    restart: async () => {
      await running.start(Number(new URL(url).port));
    },
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

class RunningPostgres {
  private postgres: EmbeddedPostgres | undefined;

  constructor(private readonly options: EmbeddedPostgresOptions) {
    // A test run that ends early must not leave it behind; immediate shutdown, its data are of no value.
    process.once('exit', this.atExit);
  }

  async start(port?: number): Promise<string> {
    this.postgres = await startEmbeddedPostgres({ ...this.options, ...(port === undefined ? {} : { port }) });
    return this.postgres.url;
  }

  kill(): void {
    const { pid } = this.running;
    this.postgres = undefined;
    // First the one that would start others anew. Each is in a process group of its own.
    const children = childrenOf(pid);
    for (const each of [pid, ...children]) kill(each);
  }

  async stop(): Promise<void> {
    process.off('exit', this.atExit);
    await this.postgres?.stop();
  }

  private readonly atExit = (): void => {
    if (this.postgres !== undefined) process.kill(this.postgres.pid, 'SIGQUIT');
  };

  private get running(): EmbeddedPostgres {
    if (this.postgres === undefined) throw new Error('This Postgres does not run.');
    return this.postgres;
  }
}

function childrenOf(parent: number): readonly number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, ppid]) => (pid !== undefined && ppid === parent ? [pid] : []));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It went away by itself, as those do whose parent is gone.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
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
