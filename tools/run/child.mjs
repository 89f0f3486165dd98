import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { constants } from 'node:os';
import { workspace } from './workspace.mjs';

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end, its output into a log and to `onLine`. Signals that this process gets are passed on.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ log: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, shell?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>} `code` is 128 + n after a signal
 */
export async function runLogged(command, args, { log, env = process.env, onLine, shell = false }) {
  const file = createWriteStream(log);
  // A log that cannot be written, on a full disk for example, must not hide why the program itself failed.
  file.on('error', () => file.destroy());
  const child = spawn(command, args, { cwd: workspace, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = [];
  let rest = '';
  const take = (chunk) => {
    chunks.push(chunk);
    if (!file.destroyed) file.write(chunk);
    if (onLine === undefined) return;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', take);
  }
  const code = await ended(child);
  if (!file.destroyed) await new Promise((resolve) => file.once('close', resolve).end());
  return { code, output: chunks.join('') };
}

/** Whether an exit code says that someone stopped the program; npm also ends with codes above 128 of its own. */
export function wasStopped(code) {
  return passedOn.some((signal) => code === 128 + constants.signals[signal]);
}

/** Runs a program in the foreground: its output is ours, and so are its signals and its exit code. */
export function runAttached(command, args, env = process.env) {
  return ended(spawn(command, args, { cwd: workspace, env, stdio: 'inherit' }));
}

function ended(child) {
  const pass = (signal) => child.kill(signal);
  for (const signal of passedOn) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  }).finally(() => {
    for (const signal of passedOn) process.off(signal, pass);
  });
}
