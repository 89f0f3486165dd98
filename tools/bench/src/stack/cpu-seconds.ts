import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Clock ticks a second of `/proc`, which Linux fixes at 100 for programs (USER_HZ). */
const TICKS = 100;

/** CPU seconds, user and system, that a process has used so far. */
export function cpuSeconds(pid: number): number {
  if (process.platform === 'linux') {
    // The command in parentheses may contain spaces; the fields after it do not (proc_pid_stat(5)).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  }
  const [days, rest] = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('-')
    .reverse();
  const parts = (days ?? '0').split(':').map(Number);
  return parts.reduce((sum, part) => sum * 60 + part, 0) + Number(rest ?? 0) * 86_400;
}
