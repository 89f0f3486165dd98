import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartOf } from './chart';
import { comparison, type Comparison } from './comparison';
import { pageWith } from './page';

/** Files of the measured comparisons, and the page that shows them, below a folder `docs`. */
export class SavedComparisons {
  private readonly folder: string;
  private readonly page: string;

  constructor(docs: string) {
    this.folder = join(docs, 'performance');
    this.page = join(docs, 'performance.md');
  }

  /** By the workload's name. @throws ZodError for a file that is none of ours, or one from before a change of its shape */
  read(): ReadonlyMap<string, Comparison> {
    if (!existsSync(this.folder)) return new Map();
    const files = readdirSync(this.folder).filter((name) => name.endsWith('.json'));
    return new Map(
      files.map((name) => [
        name.slice(0, -'.json'.length),
        comparison.parse(JSON.parse(readFileSync(join(this.folder, name), 'utf8'))),
      ]),
    );
  }

  /** Keeps a comparison in place of the one before it, and writes everything that is made from it. */
  save(measured: Comparison): void {
    mkdirSync(this.folder, { recursive: true });
    const text = JSON.stringify(measured, (_, value: unknown) => (typeof value === 'number' ? short(value) : value), 2);
    writeFileSync(join(this.folder, `${measured.workload.name}.json`), `${text}\n`);
    this.write();
  }

  /** Writes the charts and the page's figures from the JSON files. @returns the names of all comparisons */
  write(): string[] {
    const all = this.read();
    for (const [name, one] of all) writeFileSync(join(this.folder, `${name}.svg`), chartOf(one));
    if (existsSync(this.page)) writeFileSync(this.page, pageWith(readFileSync(this.page, 'utf8'), all));
    return [...all.keys()];
  }
}

/** Six digits that count are more than any of these figures deserves. */
function short(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6));
}
