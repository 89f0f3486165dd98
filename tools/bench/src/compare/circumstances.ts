import { execFileSync } from 'node:child_process';
import { cpus, release } from 'node:os';
import type { Circumstances } from './comparison';

/** Of this process, here and now. @param args those of the bench, as they were typed */
export function circumstances(args: readonly string[]): Circumstances {
  return {
    command: ['npm run bench --', ...args].join(' '),
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    kernel: `${process.platform === 'linux' ? 'Linux' : process.platform} ${release()}`,
    node: process.version,
  };
}

/** Short, and whether anything that is measured differs from it. */
function commit(): string {
  try {
    const head = git('rev-parse', '--short', 'HEAD');
    return git('status', '--porcelain', '--', 'apps', 'libs', 'tools', 'package-lock.json') === ''
      ? head
      : `${head} with changes`;
  } catch {
    // Not a clone, or no git here: the figures are as good without it.
    return 'unknown';
  }
}

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
