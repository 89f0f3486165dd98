import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { withChildren } from './processes';

/** The server's core. */
export const SERVER_CORE = 0;
/** The core of the generator and of everything else that is started: databases, helpers. */
export const GENERATOR_CORE = 1;

/** What is started afterwards begins on the same core. */
let generatorIsPinned: boolean | undefined;

/** Whether server and generator can have a core each: Linux with `taskset` and two cores. Pins this process at once. */
export function pinGenerator(): boolean {
  generatorIsPinned ??= availableParallelism() > GENERATOR_CORE && pin([process.pid], GENERATOR_CORE);
  return generatorIsPinned;
}

/** Gives a server its core. @returns false where that cannot be done: it shares with the generator then */
export function pinServer(pids: readonly number[]): boolean {
  return pinGenerator() && pin(withChildren(pids), SERVER_CORE);
}

/** @returns false where that cannot be done */
export function pin(pids: readonly number[], core: number): boolean {
  try {
    for (const pid of pids) {
      execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)], { stdio: 'ignore' });
    }
    return true;
  } catch {
    // No taskset, or none that knows this; the result says so.
    return false;
  }
}
