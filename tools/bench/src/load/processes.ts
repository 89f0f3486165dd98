import { readdirSync, readFileSync } from 'node:fs';
import { cpuSeconds } from '../stack/cpu-seconds';
import { residentBytes } from '../stack/memory';

/** These processes and all that they started, as far as those live. Elsewhere than on Linux: these alone. */
export function withChildren(pids: readonly number[]): readonly number[] {
  if (process.platform !== 'linux') return pids;
  return pids.flatMap((pid) => [pid, ...withChildren(childrenOf(pid))]);
}

/** CPU seconds, user and system, that a server has used so far in all its processes. */
export function cpuOf(pids: readonly number[]): number {
  return withChildren(pids).reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

/** Bytes of memory (resident) of all processes of a server; what they share counts more than once. */
export function memoryOf(pids: readonly number[]): number {
  return withChildren(pids).reduce((sum, pid) => sum + residentBytes(pid), 0);
}

function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).flatMap((task) =>
    readFileSync(`${tasks}/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
}
