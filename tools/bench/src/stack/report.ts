/** What a workload found. */
export interface Report {
  readonly title: string;
  /** What people read: a label and a value, or a line that stands by itself. */
  readonly lines: readonly (readonly [label: string, value: string] | string)[];
  /** What programs read, printed with `--json`. */
  readonly figures: object;
  /** Something that must hold did not. */
  readonly failed: boolean;
}

const LABEL_WIDTH = 24;

export function inText({ title, lines }: Report): string {
  const body = lines.map((line) => (typeof line === 'string' ? line : `  ${line[0].padEnd(LABEL_WIDTH)}${line[1]}`));
  return [title, ...body].join('\n');
}

/** A number for people. */
export function number(value: number, digits = 0): string {
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
