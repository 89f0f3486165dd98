import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { prepareData, SUPERUSER } from './data-folder';
import { EmbeddedPostgresError, inWords } from './embedded-postgres-error';
import { freePort } from './free-port';
import { place, type Placement } from './placement';
import { isAlive, readPostmaster, removeStale, serves, type Postmaster } from './postmaster';
import { programOptions, run } from './programs';
import { answers, ensureDatabase } from './readiness';

export interface EmbeddedPostgresOptions {
  /** Where everything of this workspace is kept, usually `.parley`. Made when missing. */
  readonly folder: string;
  /** A folder from which npm's packages can be resolved. Default: the current one. */
  readonly packagesFrom?: string;
  /** Told, a line at a time, what takes a while or is worth knowing. */
  readonly say?: (line: string) => void;
  /** Settings of Postgres beside those of {@link baseSettings}. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where it listens, for a database that is found at the same address again. Default: a free port. */
  readonly port?: number;
}

/** A running Postgres of our own. */
export interface EmbeddedPostgres {
  /** Of the database `parley` in it; with the password: not for logs. */
  readonly url: string;
  readonly pid: number;
  /** An earlier server left it running, for example because it was killed. */
  readonly adopted: boolean;
  /** Stops it: open transactions are rolled back, everything committed is on disk. Resolves when it is gone. */
  stop(): Promise<void>;
}

const baseSettings = {
  listen_addresses: '127.0.0.1',
  // Only TCP: a socket file would need a folder that both users reach, and a short path.
  unix_socket_directories: '',
  shared_buffers: '64MB',
  // DETAIL lines would write people's data into the log.
  log_error_verbosity: 'terse',
  cluster_name: 'parley',
};

const ATTEMPTS = 20;
const STARTUP_MS = 120_000;
const POLL_MS = 25;
const LOG_BYTES = 10 * 1024 * 1024;

/**
 * Starts the Postgres of a folder, on a free port of the loopback interface, or adopts the one that already serves it.
 *
 * @throws EmbeddedPostgresError with a message for people
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? (() => undefined);
  const placement = place(options.folder, options.packagesFrom ?? process.cwd(), say);
  await prepareData(placement, say, options.settings?.fsync !== 'off');
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const running = findRunning(placement.data);
    if (running === undefined) {
      const started = await start(placement, { ...baseSettings, ...options.settings }, options.port);
      if (started !== undefined) return ready(placement, started, false);
    } else if (await becameReady(placement, running, say)) {
      return ready(placement, running, true);
    }
    await delay(POLL_MS * attempt);
  }
  throw new EmbeddedPostgresError(`The database in ${placement.data} does not start; ${placement.log} says why.`);
}

async function ready(placement: Placement, postmaster: Postmaster, adopted: boolean): Promise<EmbeddedPostgres> {
  await ensureDatabase(urlOf(placement, postmaster.port, 'postgres'), SUPERUSER);
  return {
    url: urlOf(placement, postmaster.port, SUPERUSER),
    pid: postmaster.pid,
    adopted,
    stop: () => stop(placement, postmaster),
  };
}

function urlOf(placement: Placement, port: number, database: string): string {
  return `postgres://${SUPERUSER}:${placement.password}@127.0.0.1:${port}/${database}`;
}

function findRunning(data: string): Postmaster | undefined {
  const noted = readPostmaster(data);
  if (noted === undefined) return undefined;
  if (serves(noted.pid, data)) return noted;
  if (isAlive(noted.pid)) removeStale(data, noted);
  return undefined;
}

/** Waits for a Postgres that someone else started. False: it went away meanwhile. */
async function becameReady(placement: Placement, running: Postmaster, say: (line: string) => void): Promise<boolean> {
  const url = urlOf(placement, running.port, 'postgres');
  const deadline = Date.now() + STARTUP_MS;
  if (await answers(url, placement.data)) return true;
  say('The database is still starting or recovering; waiting for it…');
  while (Date.now() < deadline) {
    if (!serves(running.pid, placement.data)) return false;
    if (await answers(url, placement.data)) return true;
    await delay(POLL_MS);
  }
  throw new EmbeddedPostgresError(`The database (process ${running.pid}) does not answer; ${placement.log} says why.`);
}

/** Starts the server. Undefined: someone was faster, or the port was taken meanwhile; look again. */
async function start(
  placement: Placement,
  settings: Readonly<Record<string, string>>,
  fixedPort: number | undefined,
): Promise<Postmaster | undefined> {
  const { binaries, data, log } = placement;
  const port = fixedPort ?? (await freePort());
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) truncateSync(log);
  const output = openSync(log, 'a', 0o600);
  const logStart = statSync(log).size;
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  // Detached: Ctrl+C in the terminal must reach it through us, after the last request, and not at once.
  const child = spawn(binaries.program('postgres'), ['-D', data, ...flags], {
    ...programOptions(placement, data),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.unref();
  try {
    return await becameReadyOrFailed(placement, child, port, () => readFileSync(log, 'utf8').slice(logStart));
  } catch (error) {
    // Whatever went wrong, nothing that we started stays behind.
    child.kill('SIGINT');
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    throw error;
  }
}

async function becameReadyOrFailed(
  placement: Placement,
  child: ChildProcess,
  port: number,
  said: () => string,
): Promise<Postmaster | undefined> {
  const { data, log } = placement;
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure ??= `exit ${code ?? signal ?? ''}`));
  const url = urlOf(placement, port, 'postgres');
  const deadline = Date.now() + STARTUP_MS;
  while (Date.now() < deadline) {
    if (failure !== undefined) {
      const output = `${said()}\n${failure}`;
      const again = /lock file .* already exists|could not (bind|create any TCP)|pre-existing shared memory/.test(
        output,
      );
      if (again) return undefined;
      throw inWords('The database did not start', output, log);
    }
    if (child.pid !== undefined && readPostmaster(data)?.pid === child.pid && (await answers(url, data))) {
      return { pid: child.pid, port };
    }
    await delay(POLL_MS);
  }
  throw new EmbeddedPostgresError(`The database did not become ready within ${STARTUP_MS / 1000} s; ${log} says why.`);
}

async function stop(placement: Placement, postmaster: Postmaster): Promise<void> {
  if (!serves(postmaster.pid, placement.data)) return;
  const { failed, output } = await run(placement, 'pg_ctl', [
    'stop',
    `--pgdata=${placement.data}`,
    '--mode=fast',
    '--wait',
    '--timeout=60',
  ]);
  if (failed && serves(postmaster.pid, placement.data)) {
    throw inWords('The database did not stop', output, placement.log);
  }
}
