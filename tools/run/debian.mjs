import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { runLogged } from './child.mjs';
import { step } from './progress.mjs';
import { seconds } from './words.mjs';
import { logFile } from './workspace.mjs';

/** Asked before a service is started that a package brings; 101 says no. Debian's policy manual, invoke-rc.d(8). */
const policy = '/usr/sbin/policy-rc.d';

/**
 * Why this machine cannot get packages by itself, or undefined when it can.
 *
 * @param {string} name of the package
 */
export function cannotInstall(name) {
  if (!existsSync('/usr/bin/apt-get')) return 'this is no Debian or Ubuntu, so it is not installed by itself';
  if (process.getuid?.() !== 0) return `run \`sudo apt-get install ${name}\``;
  return undefined;
}

/**
 * Installs one of Debian's packages, as root. What it brings as a service is not started.
 *
 * @param {string} name of the package
 * @param {string} title for people, like 'Chromium'
 * @returns {Promise<string | undefined>} why that failed
 */
export async function installPackage(name, title) {
  const log = logFile(`package-${name}`);
  const started = Date.now();
  const failed = await step(
    `Installing ${title}`,
    async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      const update = await runLogged('apt-get', ['update'], { log, env });
      if (update.code !== 0) return 'apt-get update';
      const args = ['install', '-y', '--no-install-recommends', name];
      const { code } = await withoutServices(() => runLogged('apt-get', args, { log, env }));
      return code === 0 ? undefined : `apt-get install ${name}`;
    },
    (failure) => (failure === undefined ? `Installed ${title}` : ''),
  );
  return failed === undefined ? undefined : `\`${failed}\` failed after ${seconds(Date.now() - started)}, see ${log}`;
}

async function withoutServices(work) {
  const isOurs = !existsSync(policy);
  if (!isOurs) return work();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
  const remove = () => rmSync(policy, { force: true });
  // Also when someone stops the installation: with it in place no service of this machine would start any more.
  process.once('exit', remove);
  try {
    return await work();
  } finally {
    process.off('exit', remove);
    remove();
  }
}
