import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cannotInstall, installPackage } from './debian.mjs';

/** Where libs/turn looks for it as well. */
function hasTurnserver() {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];
  return folders.some((folder) => existsSync(join(folder, 'turnserver')));
}

/**
 * Installs Coturn, the relay that calls are tested with, where that is possible: on Debian, as root.
 *
 * @returns {Promise<string | undefined>} why there is none, or undefined when there is one
 */
export async function provideCoturn() {
  if (hasTurnserver()) return undefined;
  const reason = cannotInstall('coturn');
  if (reason !== undefined) return `no Coturn here (turnserver): ${reason}`;
  const failed = await installPackage('coturn', 'Coturn');
  return failed ?? (hasTurnserver() ? undefined : 'Debian’s package left no turnserver');
}
