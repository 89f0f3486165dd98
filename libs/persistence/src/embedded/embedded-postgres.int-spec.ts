import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { build } from 'esbuild';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';
import { isAlive } from './postmaster';
import { takeServerLock } from './server-lock';

describe('the embedded Postgres', () => {
  let root: string;
  let folder: string;
  const running = new Set<EmbeddedPostgres>();

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'parley-embedded-'));
    chmodSync(root, 0o755);
    folder = join(root, '.parley');
  });

  afterEach(async () => {
    await Promise.all([...running].map((postgres) => postgres.stop()));
    running.clear();
    rmSync(root, { recursive: true, force: true });
  });

  async function start(say: (line: string) => void = () => undefined): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ folder, say, settings: { fsync: 'off' } });
    running.add(postgres);
    return postgres;
  }

  async function query(url: string, text: string): Promise<unknown[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  it('says that it prepares the first time only, keeps its data and its secret to itself', async () => {
    const said: string[] = [];
    const first = await start((line) => said.push(line));
    expect(said).toEqual(['Preparing the database (first start only)…']);
    expect(first.adopted).toBe(false);
    await query(first.url, `CREATE TABLE kept AS SELECT 'café 日本語' AS text`);
    expect(statSync(join(folder, 'postgres-password')).mode & 0o777).toBe(0o600);
    expect(await query(first.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const wrong = first.url.replace(/:[^:@]+@/, ':guess@');
    await expect(query(wrong, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    said.length = 0;
    const second = await start((line) => said.push(line));
    expect(said).toEqual([]);
    expect(await query(second.url, 'SELECT text FROM kept')).toEqual([{ text: 'café 日本語' }]);
  });

  it('adopts what a server that was killed left running', async () => {
    const bundle = join(root, 'server.cjs');
    await build({
      stdin: {
        contents: `
          import { startEmbeddedPostgres } from './embedded-postgres';
          import { takeServerLock } from './server-lock';
          const [folder] = process.argv.slice(2);
          void startEmbeddedPostgres({ folder, settings: { fsync: 'off' } }).then(async ({ pid, url }) => {
            await takeServerLock(url, folder, () => undefined);
            process.send({ pid });
          });`,
        resolveDir: __dirname,
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['pg-native'],
      logLevel: 'error',
      outfile: bundle,
    });
    const server: ChildProcess = fork(bundle, [folder], { cwd: process.cwd() });
    const [{ pid }] = (await once(server, 'message')) as [{ pid: number }];
    const refusal = await startAndLock().catch((error: unknown) => error);
    expect(String(refusal)).toContain('Another Parley server is already using the data in');

    server.kill('SIGKILL');
    await once(server, 'exit');
    expect(isAlive(pid)).toBe(true);
    const adopted = await start();
    expect(adopted).toMatchObject({ pid, adopted: true });
    const lock = await takeServerLock(adopted.url, folder, () => undefined);
    await lock.release();

    async function startAndLock(): Promise<void> {
      const second = await startEmbeddedPostgres({ folder });
      await takeServerLock(second.url, folder, () => undefined);
    }
  });

  it('recovers after Postgres itself was killed, with everything that was committed', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(second.pid).not.toBe(first.pid);
    expect(await query(second.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  });

  it('keeps the lock when Postgres drops the connection that holds it', async () => {
    const postgres = await start();
    const lost: string[] = [];
    const lock = await takeServerLock(postgres.url, folder, (reason) => lost.push(reason));
    const holder = `SELECT pid FROM pg_stat_activity WHERE application_name = 'parley server' AND wait_event = 'ClientRead'`;
    const [before] = (await query(postgres.url, holder)) as [{ pid: number }];
    await query(postgres.url, `SELECT pg_terminate_backend(${before.pid})`);
    const locked = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid <> ${before.pid}`;
    while ((await query(postgres.url, locked)).length === 0) await setImmediate();
    await lock.release();
    expect(lost).toEqual([]);
  });

  it('is not misled by a postmaster.pid whose process is another one now', async () => {
    const first = await start();
    const noted = readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8');
    await first.stop();
    writeFileSync(join(folder, 'postgres/postmaster.pid'), noted.replace(/^\d+/, String(process.pid)));
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('survives two first starts at the same moment: one database, one lock', async () => {
    const both = await Promise.all([start(), start()]);
    expect(both[0].pid).toBe(both[1].pid);
    const locks = await Promise.allSettled(both.map(({ url }) => takeServerLock(url, folder, () => undefined)));
    expect(locks.map((lock) => lock.status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const lock of locks) if (lock.status === 'fulfilled') await lock.value.release();
  });

  it('leaves nothing half-made behind', async () => {
    await start();
    expect(readdirSync(folder).sort()).toEqual(['postgres', 'postgres-password', 'postgres.log']);
  });

  it('says what to do when the password beside the data is gone', async () => {
    const first = await start();
    await first.stop();
    rmSync(join(folder, 'postgres-password'));
    await expect(start()).rejects.toThrow(/does not take the password kept beside it/);
    expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false);
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('puts its data elsewhere when root has it in a folder that others cannot enter', async () => {
    chmodSync(root, 0o700);
    const said: string[] = [];
    const first = await start((line) => said.push(line));
    const away = readFileSync(join(folder, 'postgres-is-elsewhere'), 'utf8').trim();
    expect(said[0]).toContain(away);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one');
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
    await second.stop();
    running.clear();
    rmSync(away, { recursive: true });
  });
});
