import { defineConfig } from '@playwright/test';
import { existsSync } from 'node:fs';

const debian = '/usr/bin/chromium';
/** PLAYWRIGHT_CHROMIUM, else Debian's Chromium, else the one that `npx playwright install chromium` brings. */
const executablePath = process.env.PLAYWRIGHT_CHROMIUM ?? (existsSync(debian) ? debian : undefined);
const asRoot = process.getuid?.() === 0;

/** The journeys in a real browser. One at a time: they share the machine with the server that they watch. */
export default defineConfig({
  testDir: 'src/browser',
  testMatch: '**/*.journey.ts',
  workers: 1,
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
    },
  },
});
