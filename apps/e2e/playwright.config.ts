import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

const debian = '/usr/bin/chromium';
/** PLAYWRIGHT_CHROMIUM, else Debian's Chromium, else the one that `npx playwright install chromium` brings. */
const executablePath = process.env.PLAYWRIGHT_CHROMIUM ?? (existsSync(debian) ? debian : undefined);
const asRoot = process.getuid?.() === 0;

/** Calls, and what is timed: nothing else is to run beside them. */
const alone = ['**/call*.journey.ts', '**/*-speed.journey.ts'];

/** The journeys in a real browser, against a server of their own for each worker. */
export default defineConfig({
  testDir: 'src/browser',
  testMatch: '**/*.journey.ts',
  workers: 1,
  projects: [
    { name: 'shared', testIgnore: alone },
    { name: 'alone', testMatch: alone },
  ],
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  outputDir: '../../test-results/playwright',
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.browser.json' }]],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'Europe/Madrid',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium's sandbox does not run as root.
      args: asRoot ? ['--no-sandbox'] : [],
      // People have names of files in any script; where nothing says so, Chromium on Linux knows ASCII alone.
      env: { ...definedEnv(), LC_ALL: 'C.UTF-8' },
    },
  },
});

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
