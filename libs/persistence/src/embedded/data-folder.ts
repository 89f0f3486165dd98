import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { inWords } from './embedded-postgres-error';
import type { Placement } from './placement';
import { isAlive } from './postmaster';
import { run } from './programs';

/** The superuser of every embedded Postgres, and the name of Parley's database in it. */
export const SUPERUSER = 'parley';

/**
 * Makes the data folder unless it is there. It is made under another name and renamed when it is whole, so an
 * interrupted start leaves nothing half-made behind, and of two starts at once one wins.
 *
 * @param durable whether it must survive that the power goes now
 */
export async function prepareData(placement: Placement, say: (line: string) => void, durable: boolean): Promise<void> {
  const { data, owner, password, log } = placement;
  if (existsSync(join(data, 'PG_VERSION'))) return;
  say('Preparing the database (first start only)…');
  removeLeftovers(data);
  const unfinished = `${data}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  const passwordFile = `${unfinished}.password`;
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if (owner !== undefined) {
      for (const path of [unfinished, passwordFile]) chownSync(path, owner.uid, owner.gid);
    }
    const { failed, output } = await run(placement, 'initdb', [
      `--pgdata=${unfinished}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ]);
    if (failed) throw inWords('The database could not be prepared', output, log);
    try {
      renameSync(unfinished, data);
    } catch (error) {
      if (!existsSync(join(data, 'PG_VERSION'))) throw error;
    }
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Removes what starts that were killed while they prepared a folder have left. */
function removeLeftovers(data: string): void {
  const prefix = `${basename(data)}.new-`;
  for (const name of readdirSync(dirname(data)).filter((entry) => entry.startsWith(prefix))) {
    if (!isAlive(Number.parseInt(name.slice(prefix.length), 10))) {
      rmSync(join(dirname(data), name), { recursive: true, force: true });
    }
  }
}
