import { existsSync } from 'node:fs';
import { runLogged } from './child.mjs';
import { step } from './progress.mjs';
import { seconds } from './words.mjs';
import { logFile } from './workspace.mjs';

const debian = '/usr/bin/chromium';

/** Where the browser for the journeys is: PLAYWRIGHT_CHROMIUM, or Debian's. */
export function chromiumPath() {
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  return existsSync(debian) ? debian : undefined;
}

/** Playwright's own, which `npx playwright install chromium` brings. */
async function playwrightHasOne() {
  const { chromium } = await import('@playwright/test');
  return existsSync(chromium.executablePath());
}

/**
 * Installs Chromium where that is possible: on Debian, as root.
 *
 * @returns {Promise<string | undefined>} why there is none, or undefined when there is one
 */
export async function provideChromium() {
  if (chromiumPath() !== undefined) return undefined;
  if (process.env.PLAYWRIGHT_CHROMIUM)
    return `PLAYWRIGHT_CHROMIUM names ${process.env.PLAYWRIGHT_CHROMIUM}: no such file`;
  if (await playwrightHasOne()) return undefined;
  if (!existsSync('/usr/bin/apt-get'))
    return 'no Chromium here: run `npx playwright install chromium`, or set PLAYWRIGHT_CHROMIUM';
  if (process.getuid?.() !== 0)
    return 'no Chromium here: run `sudo apt-get install chromium`, or set PLAYWRIGHT_CHROMIUM';
  const log = logFile('packages');
  const started = Date.now();
  const failed = await step(
    'Installing Chromium',
    async () => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      const update = await runLogged('apt-get', ['update'], { log, env });
      if (update.code !== 0) return 'apt-get update';
      const installed = await runLogged('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
        log,
        env,
      });
      return installed.code === 0 && existsSync(debian) ? undefined : 'apt-get install chromium';
    },
    (failure) => (failure === undefined ? 'Installed Chromium' : ''),
  );
  return failed === undefined ? undefined : `\`${failed}\` failed after ${seconds(Date.now() - started)}, see ${log}`;
}
