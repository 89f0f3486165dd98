import { lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A user of the operating system. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` on every Linux; it needs no entry in any list of users. */
const NOBODY: Owner = { uid: 65_534, gid: 65_534 };

/**
 * Postgres refuses to run as root, so root gives it to another user: to the one that owns the data already, else to
 * nobody.
 *
 * @returns undefined when Postgres simply runs as the one who starts it
 */
export function postgresOwner(dataFolder: string): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const data = statSync(dataFolder, { throwIfNoEntry: false });
  return data === undefined || data.uid === 0 ? NOBODY : { uid: data.uid, gid: data.gid };
}

/** Whether this user may pass through every folder above the path. What does not exist yet does not stand in the way. */
export function canReach(owner: Owner, path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const entry = statSync(folder, { throwIfNoEntry: false });
    if (entry !== undefined && !allows(owner, entry, 0o1)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Whether this user may read and run the file. */
export function canRun(owner: Owner, file: string): boolean {
  const entry = lstatSync(file, { throwIfNoEntry: false });
  return entry !== undefined && allows(owner, entry, 0o5) && canReach(owner, file);
}

function allows(
  owner: Owner,
  entry: { readonly uid: number; readonly gid: number; readonly mode: number },
  rights: number,
): boolean {
  const shift = entry.uid === owner.uid ? 6 : entry.gid === owner.gid ? 3 : 0;
  return ((entry.mode >> shift) & rights) === rights;
}
