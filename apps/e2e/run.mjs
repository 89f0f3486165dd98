// Runs the journeys against the built server: those over raw sockets, then those in a browser; both always.
// Usage: node apps/e2e/run.mjs [raw|browser] [arguments for Jest or Playwright]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const workspace = join(import.meta.dirname, '..', '..');
const results = join(workspace, 'test-results');
const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');

// Without a browser the journeys are listed instead of run: their report then counts each as skipped.
const skipping = process.env.PARLEY_E2E_BROWSER === 'skip' ? ['--list', '--reporter=json'] : [];

// Many journeys mostly wait, for people, networks and clocks: two of them share the machine. Calls, and what is timed, have it alone.
const parts = {
  browser: ['--project=shared', '--workers=2'],
  'browser-alone': ['--project=alone', '--workers=1'],
};

const [first, ...rest] = process.argv.slice(2);
mkdirSync(results, { recursive: true });
const kinds = { raw: runRaw, browser: runBrowser };
const passed = (first === undefined ? Object.values(kinds) : [kinds[first]]).map((run) => run());
process.exit(passed.every(Boolean) ? 0 : 1);

function runRaw() {
  return run(['tools/jest/run.mjs', 'e2e', 'raw', 'apps/e2e/jest.config.ts', ...rest], {});
}

function runBrowser() {
  let found = 0;
  const passed = Object.entries(parts).map(([name, part]) => {
    const report = join(results, `e2e.${name}.json`);
    rmSync(report, { force: true });
    // A pattern may be about the other part alone.
    const given = rest.length === 0 ? [] : [...rest, '--pass-with-no-tests'];
    // What one part leaves of a failure, the other would clear away.
    const kept = ['-c', 'apps/e2e/playwright.config.ts', `--output=${join(results, 'playwright', name)}`];
    const parameters = [playwright, 'test', ...kept, ...part, ...given, ...skipping];
    const isDone = run(parameters, { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
    const { stats } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
    found += stats === undefined ? 0 : stats.expected + stats.unexpected + stats.flaky + stats.skipped;
    return isDone;
  });
  if (found === 0) console.error('No journey was found.');
  return found > 0 && passed.every(Boolean);
}

function run(parameters, env) {
  const { status } = spawnSync(process.execPath, parameters, {
    cwd: workspace,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}
