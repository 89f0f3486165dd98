import { rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { countReport } from './results.mjs';
import { Tally } from './tally.mjs';
import { workspace } from './workspace.mjs';

const folder = join(workspace, 'test-results');
const name = `run-spec-${process.pid}.unit`;

describe('what a report counts as', () => {
  afterEach(() => rmSync(join(folder, `${name}.json`), { force: true }));

  function count(report: unknown): Tally {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.json`), typeof report === 'string' ? report : JSON.stringify(report));
    const tally = new Tally();
    countReport(name, tally);
    return tally;
  }

  function jestReport(file: { status: string; tests: string[] }): unknown {
    const assertionResults = file.tests.map((status) => ({ status, fullName: `a test that ${status}` }));
    return { testResults: [{ name: join(workspace, 'a.spec.ts'), status: file.status, assertionResults }] };
  }

  it('a missing one is a failure', () => {
    const tally = new Tally();
    countReport(name, tally);
    expect(tally.line).toBe('0 passed, 1 failed');
  });

  it.each(['', '{', '{}', '[]', 'null'])('an unreadable one is a failure: %s', (text) => {
    expect(count(text).failed).toBeGreaterThan(0);
  });

  it('one without a test is a failure', () => {
    expect(count({ testResults: [] }).line).toBe('0 passed, 1 failed');
    expect(count({ stats: {}, suites: [] }).line).toBe('0 passed, 1 failed');
  });

  it('Jest: each test counts, and skipped ones are named', () => {
    const tally = count(jestReport({ status: 'failed', tests: ['passed', 'passed', 'failed', 'pending', 'todo'] }));
    expect(tally.line).toBe('2 passed, 1 failed, 2 skipped');
    expect(tally.failures).toEqual([`${name}: a test that failed`]);
    expect(tally.skips).toHaveLength(2);
  });

  it('Jest: a file that did not run is a failure', () => {
    expect(count(jestReport({ status: 'failed', tests: [] })).failures[0]).toContain('a.spec.ts did not run');
    expect(count(jestReport({ status: 'failed', tests: ['passed'] })).line).toBe('1 passed, 1 failed');
  });

  it('Playwright: nested suites count, and a flaky test is a failure', () => {
    const spec = (title: string, status: string): unknown => ({ title, tests: [{ status }] });
    const tally = count({
      stats: {},
      suites: [
        {
          title: 'a.journey.ts',
          specs: [spec('one', 'expected'), spec('two', 'flaky')],
          suites: [{ title: 'inner', specs: [spec('three', 'unexpected'), spec('four', 'skipped')] }],
        },
      ],
    });
    expect(tally.line).toBe('1 passed, 2 failed, 1 skipped');
    expect(tally.failures[1]).toBe(`${name}: a.journey.ts › inner › three (unexpected)`);
  });

  it('Playwright: an error outside a test is a failure', () => {
    expect(count({ stats: {}, suites: [], errors: [{ message: 'no browser\nmore' }] }).failures[0]).toContain(
      'no browser',
    );
  });
});
