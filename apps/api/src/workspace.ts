import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the project that this file was built in: the nearest one above with a package.json, else the current. */
export function findWorkspace(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) return process.cwd();
  }
}
