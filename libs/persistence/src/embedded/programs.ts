import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import type { Placement } from './placement';

/** How every Postgres program is started: as its owner, from a folder that it may be in, with a bare environment. */
export function programOptions(placement: Placement, cwd: string): SpawnOptions {
  const { PATH, SystemRoot, TEMP, TMPDIR } = process.env;
  return {
    ...placement.owner,
    cwd,
    env: { PATH, SystemRoot, TEMP, TMPDIR, LC_ALL: 'C', TZ: 'UTC' },
    windowsHide: true,
  };
}

/** Runs a program to its end. */
export async function run(
  placement: Placement,
  name: 'initdb' | 'pg_ctl',
  args: readonly string[],
): Promise<{ readonly failed: boolean; readonly output: string }> {
  const child = spawn(placement.binaries.program(name), args, {
    ...programOptions(placement, placement.binaries.folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const failed = await ended(child).catch((error: unknown) => {
    output += String(error);
    return true;
  });
  return { failed, output };
}

function ended(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve(code !== 0));
  });
}
