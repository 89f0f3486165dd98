// Runs one project's tests and leaves the counts in test-results/, where Nx's cache keeps them for the next run.
// Usage: node tools/jest/run.mjs PROJECT unit|integration CONFIG [jest arguments]
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { workspace } from '../build/paths.mjs';

const [project, kind, config, ...rest] = process.argv.slice(2);
const results = join(workspace, 'test-results');
mkdirSync(results, { recursive: true });
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  [
    jest,
    '-c',
    config,
    '--json',
    `--outputFile=${join(results, `${project}.${kind}.json`)}`,
    '--testLocationInResults',
    ...rest,
  ],
  {
    cwd: workspace,
    // --json prints the report on standard output too; people read standard error.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PARLEY_TEST_KIND: kind },
  },
);
process.exit(status ?? 1);
