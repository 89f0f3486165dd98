// Runs the journeys against the built server: those over raw sockets, then those in a browser; both always.
// Usage: node apps/e2e/run.mjs [raw|browser] [arguments for Jest or Playwright]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const workspace = join(import.meta.dirname, '..', '..');
const results = join(workspace, 'test-results');
const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');

// Without a browser the journeys are listed instead of run: their report then counts each as skipped.
const skipping = process.env.PARLEY_E2E_BROWSER === 'skip' ? ['--list', '--reporter=json'] : [];

const kinds = {
  raw: (rest) => ['tools/jest/run.mjs', 'e2e', 'raw', 'apps/e2e/jest.config.ts', ...rest],
  browser: (rest) => [playwright, 'test', '-c', 'apps/e2e/playwright.config.ts', ...rest, ...skipping],
};

const [first, ...rest] = process.argv.slice(2);
const wanted = first === undefined ? Object.keys(kinds) : [first];
mkdirSync(results, { recursive: true });
let failed = false;
for (const kind of wanted) {
  const { status } = spawnSync(process.execPath, kinds[kind](rest), {
    cwd: workspace,
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: join(results, 'e2e.browser.json') },
  });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
