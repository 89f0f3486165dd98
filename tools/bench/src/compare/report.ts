import type { Report } from '../stack/report';
import type { Comparison } from './comparison';
import { judge } from './judge';
import { judgements, origin, remarks, tableOf } from './words';

/** A comparison for the terminal. Failed when something that must hold does not; what cannot be told does not fail. */
export function comparisonReport(comparison: Comparison): Report {
  const { head, rows } = tableOf(comparison);
  return {
    title: comparison.workload.title,
    lines: [
      ...aligned([head, ...rows]),
      ...judgements(comparison),
      ...remarks(comparison),
      origin(comparison),
      comparison.circumstances.command,
    ],
    figures: comparison,
    failed: judge(comparison).some(({ holds }) => holds === false),
  };
}

/** Columns as wide as their widest cell; the first to the left, figures to the right. */
function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) =>
    widths
      .map((width, column) => (line[column] ?? '')[column === 0 ? 'padEnd' : 'padStart'](width))
      .join('   ')
      .trimEnd(),
  );
}
