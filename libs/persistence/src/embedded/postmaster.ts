import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The server process of a data folder, as its `postmaster.pid` describes it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** What `postmaster.pid` says, or undefined when there is none (or it is just being written). */
export function readPostmaster(data: string): Postmaster | undefined {
  const [pid, , , port] = (readIfThere(join(data, 'postmaster.pid')) ?? '').split('\n').map(Number);
  return pid === undefined || port === undefined || !(pid > 0) || !(port > 0) ? undefined : { pid, port };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether this process serves this data folder. After a reboot the same pid may be anyone's. (Whoever then answers on
 * the port must also know the folder's password.)
 */
export function serves(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false;
  const folder = realpathSync(data);
  if (process.platform === 'linux') return workingFolder(pid) === folder;
  if (process.platform === 'win32') return true;
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(data);
  } catch (error) {
    // ps exits with 1 when the process has just gone.
    if ((error as { status?: number }).status === 1) return false;
    throw error;
  }
}

/**
 * Takes a stale `postmaster.pid` away. Postgres does so by itself, except where the pid now belongs to another process
 * of the same user.
 */
export function removeStale(data: string, stale: Postmaster): void {
  const file = join(data, 'postmaster.pid');
  const aside = `${file}.stale-${process.pid}`;
  renameSync(file, aside);
  // Between reading and renaming, another start may have put its own there: give it back.
  const moved = Number((readIfThere(aside) ?? '').split('\n')[0]);
  if (moved !== stale.pid) linkSync(aside, file);
  rmSync(aside);
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch (error) {
    // Gone, a zombie, or another user's process, which cannot be ours: ours runs as the owner of the data.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
