import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspace } from '@parley/harness';
import { chartOf } from './chart';
import { madeUp } from './made-up.fixture';
import { pageWith, wantedBy } from './page';
import { SavedComparisons } from './saved';

const page = '# Café\n\nBy hand.\n\n<!-- figures: made-up -->\n\nold\n\n<!-- /figures -->\n\nAlso by hand: $& 日本語\n';

describe('a page of figures', () => {
  it('gets chart, table, what must hold and the command, and keeps what was written by hand', () => {
    const written = pageWith(page, new Map([['made-up', madeUp()]]));
    expect(written).toBe(
      `# Café

By hand.

<!-- figures: made-up -->

![Everyone hears everyone <café & 日本語>](performance/made-up.svg)

|  | deliveries a CPU second | p99 | memory for each connection | ours / it |
|---|---:|---:|---:|---:|
| parley 0.1.0 | 1.25 M (1.2 M – 1.3 M) | 4.2 ms (4 ms – 5.5 ms) | 18.5 KiB (18 KiB – 19 KiB) |  |
| socket.io 4.8.3 | 84 k (80 k – 90 k) | 20.5 ms (18 ms – 31 ms) | 40 KiB (39 KiB – 41 KiB) | 14.9 × |
| redis \\| café 7.0.15 | 750 k (700 k – 900 k) | – | – | 1.67 × |

- deliveries a CPU second at least 10 × socket.io: 14.9 ×, holds
- deliveries a CPU second at least 2 × redis \\| café: 1.67 ×, DOES NOT HOLD
- p99 at most 1 × socket.io: 0.205 ×, holds
- p99 at most 1 × redis \\| café: not measured, not told
- memory for each connection at most 20 KiB: 18.5 KiB, holds

Median of 5 repetitions in turns (lowest – highest). The load generator used at most 63 % of its core. Server and generator had a core each. Left out: nchan (nginx is not on PATH). 2026-11-23, commit abc1234; A machine, 2 cores, Linux 6.1, Node 26.0.0.

\`\`\`sh
npm run bench -- made-up 10 --save
\`\`\`

<!-- /figures -->

Also by hand: $& 日本語
`.replace('<café & 日本語>', '\\<café & 日本語\\>'),
    );
    expect(pageWith(written, new Map([['made-up', madeUp()]]))).toBe(written);
  });

  it('says where there are no figures yet', () => {
    expect(pageWith(page, new Map())).toContain('_Not measured yet._');
  });
});

describe('kept comparisons', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-figures-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('come back as they were, and are on the page and in a chart', () => {
    writeFileSync(join(folder, 'performance.md'), page);
    const saved = new SavedComparisons(folder);
    expect(saved.read()).toEqual(new Map());
    saved.save(madeUp());
    expect(saved.read()).toEqual(new Map([['made-up', madeUp()]]));
    expect(readFileSync(join(folder, 'performance.md'), 'utf8')).toBe(pageWith(page, saved.read()));
    expect(readFileSync(join(folder, 'performance', 'made-up.svg'), 'utf8')).toBe(chartOf(madeUp()));
  });

  it('are refused when they have another shape', () => {
    writeFileSync(join(folder, 'performance', 'other.json'), '{"workload":"other"}');
    expect(() => new SavedComparisons(folder).read()).toThrow('workload');
  });
});

describe('docs/performance.md', () => {
  const docs = join(workspace, 'docs');
  const [text, kept] = [readFileSync(join(docs, 'performance.md'), 'utf8'), new SavedComparisons(docs).read()];

  it('has the figures and charts of docs/performance; `npm run bench -- page` writes them', () => {
    expect(pageWith(text, kept)).toBe(text);
    for (const [name, comparison] of kept) {
      expect(readFileSync(join(docs, 'performance', `${name}.svg`), 'utf8')).toBe(chartOf(comparison));
    }
  });

  it('shows every comparison that is kept, under its own name', () => {
    expect(wantedBy(text)).toEqual(expect.arrayContaining([...kept.keys()]));
    expect([...kept].filter(([name, { workload }]) => workload.name !== name)).toEqual([]);
  });

  it('has nothing that was measured on code that was not committed', () => {
    expect([...kept.values()].filter(({ circumstances }) => !/^[0-9a-f]{7,}$/.test(circumstances.commit))).toEqual([]);
  });
});
