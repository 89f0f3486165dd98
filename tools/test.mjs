// `npm test`: everything that CI checks, on a fresh clone, one stage after the other. A stage that fails does not keep
// the later ones from being reported. Ends with `N passed, N failed`, and exit code 1 when anything failed.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runLogged } from './run/child.mjs';
import { provideChromium } from './run/chromium.mjs';
import { provideCoturn } from './run/coturn.mjs';
import { install } from './run/install.mjs';
import { checkStarter, projectEnvironment, projectNode } from './run/node.mjs';
import { outputOf, projectsByTarget, runTarget } from './run/nx.mjs';
import { step } from './run/progress.mjs';
import { countReport } from './run/results.mjs';
import { Tally } from './run/tally.mjs';
import { explain, plural, seconds, tail } from './run/words.mjs';
import { logFile, workspace } from './run/workspace.mjs';

const ci = process.env.CI === 'true';
const SHOWN_LINES = 400;

/** What npm does not bring. Where it is missing and cannot be had, what is tested with it is skipped, and CI fails. */
const programs = [
  { provide: provideChromium, tested: 'The journeys in a browser', skip: 'PARLEY_E2E_BROWSER' },
  { provide: provideCoturn, tested: 'The tests with a relay', skip: 'PARLEY_COTURN' },
];

/** Each target in the order in which it runs, and the reports that its tests leave; the others count a task as one. */
const stages = [
  { target: 'lint' },
  { target: 'typecheck' },
  { target: 'test', reports: (project) => [`${project}.unit`] },
  { target: 'integration', reports: (project) => [`${project}.integration`] },
  { target: 'build' },
  { target: 'e2e', reports: (project) => [`${project}.raw`, `${project}.browser`, `${project}.browser-alone`] },
];

async function main() {
  const started = Date.now();
  const tally = new Tally();
  checkStarter();
  await install();
  const node = projectNode();
  const env = projectEnvironment(node);
  for (const { provide, tested, skip } of programs) {
    const missing = await provide();
    if (missing === undefined) continue;
    if (ci) tally.fail(missing);
    console.log(`\n!! ${tested} are SKIPPED: ${missing}\n`);
    env[skip] = 'skip';
  }
  // Reports of an earlier run never count: Nx puts back those of the tasks that it does not run again.
  const reports = join(workspace, 'test-results');
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });

  await checkFormat(node, env, tally);
  const projects = await projectsByTarget(node, env);
  for (const stage of stages) {
    const owners = projects.get(stage.target) ?? [];
    if (owners.length === 0) tally.fail(`${stage.target}: no project has it`);
    else await runStage(stage, owners, { node, env, tally });
  }
  summarise(tally, started);
  return tally.failed === 0 ? 0 : 1;
}

async function checkFormat(node, env, tally) {
  const log = logFile('format');
  const prettier = join(workspace, 'node_modules', 'prettier', 'bin', 'prettier.cjs');
  const { code, output } = await step(
    'format',
    () => runLogged(node, [prettier, '--check', '.', '--log-level=warn'], { log, env }),
    ({ code: failed }) => (failed === 0 ? 'format' : ''),
  );
  if (code === 0) tally.pass();
  else {
    tally.fail('format: `npm run format` writes these files anew');
    console.log(`✗ format\n${tail(output, SHOWN_LINES)}`);
  }
}

async function runStage({ target, reports }, owners, { node, env, tally }) {
  const failedBefore = tally.failed;
  const passedBefore = tally.passed;
  const started = Date.now();
  const { code, output, succeeded } = await step(
    target,
    (note) => runTarget(target, { node, env, onTask: (count) => note(`task ${count}`) }),
    () => '',
  );
  for (const project of owners) {
    const failures = tally.failed;
    if (reports === undefined && succeeded.has(project)) tally.pass();
    for (const name of reports?.(project) ?? []) countReport(name, tally);
    // A runner that dies after writing a clean report has failed all the same.
    if (!succeeded.has(project) && tally.failed === failures) tally.fail(`${project}:${target}`);
  }
  if (code !== 0 && tally.failed === failedBefore) tally.fail(`${target}: Nx ended with exit code ${code}`);
  const failed = tally.failed - failedBefore;
  const took = seconds(Date.now() - started);
  const counts = `${plural(owners.length, 'project')}, ${tally.passed - passedBefore} passed, ${failed} failed (${took})`;
  const broken = owners.filter((project) => !succeeded.has(project));
  if (failed > 0) console.log(`\n${tail(outputOf(output, target, broken), SHOWN_LINES)}\n`);
  console.log(`${failed === 0 ? '✓' : '✗'} ${target}: ${counts}`);
}

function summarise(tally, started) {
  console.log('');
  for (const skip of tally.skips) console.log(`  skipped: ${skip}`);
  for (const failure of tally.failures) console.log(`  failed: ${failure}`);
  if (tally.failed > 0) console.log(`\n  The whole logs: ${join(workspace, '.parley', 'logs')}`);
  console.log(`  took ${seconds(Date.now() - started)}\n`);
  console.log(tally.line);
}

process.exitCode = await main().catch((error) => {
  const code = explain(error);
  console.log('\n0 passed, 1 failed');
  return code;
});
