import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspace } from './workspace.mjs';

/**
 * Counts one suite from the report that its runner left in test-results/. A report that is missing, cannot be read or
 * ran nothing is a failure: silence never passes.
 *
 * @param {string} name the report's name, for example 'socket.unit'
 * @param {import('./tally.mjs').Tally} tally
 */
export function countReport(name, tally) {
  const file = join(workspace, 'test-results', `${name}.json`);
  if (!existsSync(file)) {
    tally.fail(`${name}: left no report`);
    return;
  }
  const failedBefore = tally.failed;
  const passedBefore = tally.passed;
  const skippedBefore = tally.skipped;
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    if (report.stats === undefined) countJest(name, report, tally);
    else countPlaywright(name, report, tally);
  } catch (error) {
    tally.fail(`${name}: its report cannot be read (${error.message})`);
  }
  const ran = tally.passed - passedBefore + tally.failed - failedBefore;
  if (ran === 0 && tally.skipped === skippedBefore) tally.fail(`${name}: ran no test`);
}

function countJest(name, report, tally) {
  for (const file of report.testResults) {
    if (file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')) {
      tally.fail(`${name}: ${file.name.slice(workspace.length + 1)} did not run`);
    }
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') tally.pass();
      else if (status === 'failed') tally.fail(`${name}: ${fullName}`);
      else tally.skip(`${name}: ${fullName} (${status})`);
    }
  }
}

function countPlaywright(name, report, tally) {
  for (const { message } of report.errors ?? []) tally.fail(`${name}: ${message.split('\n')[0]}`);
  for (const { title, status } of playwrightTests(report.suites, [])) {
    if (status === 'expected') tally.pass();
    else if (status === 'skipped') tally.skip(`${name}: ${title}`);
    else tally.fail(`${name}: ${title} (${status})`);
  }
}

function* playwrightTests(suites = [], above) {
  for (const suite of suites) {
    const titles = [...above, suite.title];
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) yield { title: [...titles, spec.title].join(' › '), status: test.status };
    }
    yield* playwrightTests(suite.suites, titles);
  }
}
