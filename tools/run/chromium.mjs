import { existsSync } from 'node:fs';
import { cannotInstall, installPackage } from './debian.mjs';

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
  const reason = cannotInstall('chromium');
  if (reason !== undefined)
    return `no Chromium here: ${reason}, run \`npx playwright install chromium\`, or set PLAYWRIGHT_CHROMIUM`;
  const failed = await installPackage('chromium', 'Chromium');
  return failed ?? (existsSync(debian) ? undefined : `Debian's package left no ${debian}`);
}
