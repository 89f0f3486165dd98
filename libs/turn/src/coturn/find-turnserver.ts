import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where packages put it, for those whose PATH does not say: Debian's, one's own, Homebrew's. */
const usual = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/** Coturn's `turnserver`, where one is installed. */
export function findTurnserver(path = process.env.PATH ?? ''): string | undefined {
  return [...path.split(delimiter), ...usual]
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, 'turnserver'))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
