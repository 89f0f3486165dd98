import type { Comparison } from './comparison';
import { judgements, origin, remarks, tableOf } from './words';

/** A comparison for `docs/performance.md`: chart, table, what must hold, and the command that makes it again. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { workload, circumstances } = comparison;
  const { head, rows } = tableOf(comparison);
  const row = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;
  return [
    `![${escaped(workload.title)}](performance/${workload.name}.svg)`,
    '',
    row(head),
    `|---|${head
      .slice(1)
      .map(() => '---:|')
      .join('')}`,
    ...rows.map(row),
    '',
    ...list(judgements(comparison)),
    `${remarks(comparison).map(escaped).join(' ')} ${escaped(origin(comparison))}`,
    '',
    '```sh',
    circumstances.command,
    '```',
  ].join('\n');
}

function list(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [...lines.map((line) => `- ${escaped(line)}`), ''];
}

/** What would end a cell, or begin something else than text. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|<>*_`[\]]/g, '\\$&');
}
