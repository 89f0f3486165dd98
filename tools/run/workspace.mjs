// Everything in this folder must parse on Node 18 and import nothing that is not part of Node: it runs before the
// packages are there.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const workspace = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A folder for logs that outlives an installation; git ignores it. */
export function logFile(name) {
  const folder = join(workspace, '.parley', 'logs');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.log`);
}

export function readJson(...path) {
  return JSON.parse(readFileSync(join(workspace, ...path), 'utf8'));
}
