import {
  cpSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error';

/** The Postgres programs of one folder. */
export interface Binaries {
  /** Holds `bin`, `lib` and `share`, which belong together. */
  readonly folder: string;
  readonly version: string;
  program(name: 'initdb' | 'pg_ctl' | 'postgres'): string;
}

const elsewhere = 'Set DATABASE_URL to a Postgres of your own (version 14 or newer).';

/**
 * Finds the programs that npm installed for this machine.
 *
 * @param packagesFrom a folder from which npm's packages can be resolved
 * @throws EmbeddedPostgresError when there are none
 */
export function findBinaries(packagesFrom: string): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  if (process.platform === 'linux' && !usesGlibc()) {
    throw new EmbeddedPostgresError(`The embedded Postgres needs glibc, which this system lacks (musl?). ${elsewhere}`);
  }
  let entry: string;
  try {
    entry = createRequire(join(packagesFrom, 'package.json')).resolve(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new EmbeddedPostgresError(`The package ${name} is not installed. Run npm ci, or: ${elsewhere}`);
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return binariesIn(join(root, 'native'), version);
}

/**
 * Copies the programs to where every user can run them, unless a copy of this version is there already.
 *
 * @param shared the folder above the copies of all versions
 */
export function shareBinaries(binaries: Binaries, shared: string): Binaries {
  const target = join(shared, `postgres-${binaries.version}-${process.platform}-${process.arch}`);
  if (existsSync(target)) return binariesIn(target, binaries.version);
  mkdirSync(shared, { recursive: true, mode: 0o755 });
  const unfinished = `${target}.new-${process.pid}`;
  cpSync(binaries.folder, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a') && !file.endsWith('pkgconfig'),
  });
  openToAll(unfinished);
  try {
    renameSync(unfinished, target);
  } catch (error) {
    // Another start made the same copy at the same time; theirs is as good.
    if (!existsSync(target)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
  return binariesIn(target, binaries.version);
}

function binariesIn(folder: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { folder, version, program: (name) => join(folder, 'bin', name + suffix) };
}

function openToAll(path: string): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  chmodSync(path, entry.isDirectory() ? 0o755 : (entry.mode & 0o111) === 0 ? 0o644 : 0o755);
  if (entry.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}

function usesGlibc(): boolean {
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
}
