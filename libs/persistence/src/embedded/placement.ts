import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBinaries, shareBinaries, type Binaries } from './binaries';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { canReach, canRun, postgresOwner, type Owner } from './owner';

/** Where the embedded Postgres of one `.parley` folder lives, and as whom it runs. */
export interface Placement {
  readonly binaries: Binaries;
  readonly data: string;
  readonly owner: Owner | undefined;
  readonly password: string;
  readonly log: string;
}

/** Where things go that another user must reach and that must outlive a reboot. */
const STATE = '/var/lib/parley';

/**
 * Decides the places. Usually everything is in the folder itself. Root runs Postgres as another user; where that user
 * cannot get into the folder (a checkout under a private one), programs and data go to /var/lib/parley.
 *
 * @param say told in one line when the data are not in the folder
 */
export function place(folder: string, packagesFrom: string, say: (line: string) => void): Placement {
  // Others may pass through but not look around: each secret in it has its own, stricter rights.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const found = findBinaries(packagesFrom);
  const data = placeData(folder, say);
  const owner = postgresOwner(data);
  return {
    binaries: owner === undefined || canRun(owner, found.program('postgres')) ? found : shareBinaries(found, STATE),
    data,
    owner,
    password: keep(join(folder, 'postgres-password'), () => randomBytes(32).toString('base64url')),
    log: join(folder, 'postgres.log'),
  };
}

function placeData(folder: string, say: (line: string) => void): string {
  const here = join(folder, 'postgres');
  const pointer = join(folder, 'postgres-is-elsewhere');
  const owner = postgresOwner(here);
  const known = existsSync(pointer);
  if (!known && (owner === undefined || canReach(owner, here))) return here;
  if (existsSync(here)) {
    throw new EmbeddedPostgresError(
      `The data in ${here} cannot be reached by user ${owner?.uid ?? ''}, who runs Postgres. ` +
        `Open the folders above it for passing through (chmod o+x), or start as the user who made them.`,
    );
  }
  // The name is new for each workspace and each fresh start of it: data without the password beside it are of no use.
  const away = keep(pointer, () => join(STATE, randomBytes(8).toString('hex')));
  mkdirSync(away, { recursive: true, mode: 0o711 });
  if (!known) say(`Other users cannot enter ${folder}, and Postgres does not run as root: its data are in ${away}`);
  return join(away, 'postgres');
}

/** The line in a private file; the first one to ask makes it. */
function keep(file: string, make: () => string): string {
  try {
    writeFileSync(file, make(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
