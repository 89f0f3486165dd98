import { join } from 'node:path';
import { workspace } from '@parley/harness';
import type { Report } from '../stack/report';
import { circumstances } from './circumstances';
import { compare, REPETITIONS } from './compare';
import type { Comparison, Workload } from './comparison';
import type { Contender } from './contract';
import { comparisonReport } from './report';
import { SavedComparisons } from './saved';

export type { Requirement, Workload } from './comparison';
export type { Contender, Latency, Sample } from './contract';
export { common, type Figure } from './figures';
export { EVERY_OTHER } from './judge';

export interface ComparisonOptions {
  /** Default {@link REPETITIONS}. */
  readonly repetitions?: number | undefined;
  /** Keep the figures in `docs/performance`, and write them into `docs/performance.md`. */
  readonly save?: boolean | undefined;
  readonly progress: (line: string) => void;
}

/**
 * Compares the contenders and gives the table, and keeps it where that is asked for.
 *
 * @param contenders ours first
 */
export async function runComparison<O>(
  workload: Workload,
  contenders: readonly Contender<O>[],
  options: O,
  { repetitions = REPETITIONS, save = false, progress }: ComparisonOptions,
): Promise<Report> {
  // As it was when it began: whoever commits meanwhile does not change what is measured.
  const here = circumstances(process.argv.slice(2));
  const outcome = await compare(workload, contenders, options, { repetitions, progress });
  const comparison: Comparison = { ...outcome, circumstances: here };
  if (save) docs().save(comparison);
  return comparisonReport(comparison);
}

/** Writes charts and tables of `docs/performance.md` from the files that are kept. */
export function writePage(): Promise<Report> {
  const names = docs().write();
  const title = `docs/performance.md has the figures of ${names.length === 0 ? 'nothing yet' : names.join(', ')}`;
  return Promise.resolve({ title, lines: [], figures: names, failed: false });
}

function docs(): SavedComparisons {
  return new SavedComparisons(join(workspace, 'docs'));
}
