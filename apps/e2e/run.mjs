// Runs the journeys against the built server: those over raw sockets, then those in a browser; both always.
// Usage: node apps/e2e/run.mjs [raw|browser] [arguments for Jest or Playwright]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const workspace = join(import.meta.dirname, '..', '..');
const results = join(workspace, 'test-results');
const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');

const kinds = {
  raw: (rest) => ['tools/jest/run.mjs', 'e2e', 'raw', 'apps/e2e/jest.config.ts', ...rest],
  browser: (rest) => {
    const skip = process.env.PARLEY_E2E_BROWSER === 'skip' ? ['--grep-invert', '.*', '--pass-with-no-tests'] : [];
    return [playwright, 'test', '-c', 'apps/e2e/playwright.config.ts', ...skip, ...rest];
  },
};

const [first, ...rest] = process.argv.slice(2);
const wanted = first === undefined ? Object.keys(kinds) : [first];
mkdirSync(results, { recursive: true });
let failed = false;
for (const kind of wanted) {
  const { status } = spawnSync(process.execPath, kinds[kind](rest), { cwd: workspace, stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
