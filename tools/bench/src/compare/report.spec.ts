import type { Comparison } from './comparison';
import { madeUp } from './made-up.fixture';
import { comparisonReport } from './report';
import { inText } from '../stack/report';

describe('the report of a comparison', () => {
  it('has a row for each contender, what must hold, and where it was measured', () => {
    const text = inText(comparisonReport(madeUp())).split('\n');
    expect(text[0]).toBe('Everyone hears everyone <café & 日本語>');
    expect(text.slice(2, 5).map((line) => line.split(/ {2,}/))).toEqual([
      ['parley 0.1.0', '1.25 M (1.2 M – 1.3 M)', '4.2 ms (4 ms – 5.5 ms)', '18.5 KiB (18 KiB – 19 KiB)'],
      ['socket.io 4.8.3', '84 k (80 k – 90 k)', '20.5 ms (18 ms – 31 ms)', '40 KiB (39 KiB – 41 KiB)', '14.9 ×'],
      ['redis | café 7.0.15', '750 k (700 k – 900 k)', '–', '–', '1.67 ×'],
    ]);
    expect(text).toContain('deliveries a CPU second at least 2 × redis | café: 1.67 ×, DOES NOT HOLD');
    expect(text.at(-1)).toBe('npm run bench -- made-up 10 --save');
  });

  it('fails when something does not hold, not when it cannot be told', () => {
    const failed = (mustHold: Comparison['workload']['mustHold']): boolean => {
      const comparison = madeUp();
      return comparisonReport({ ...comparison, workload: { ...comparison.workload, mustHold } }).failed;
    };
    expect(failed([{ figure: 'perCpuSecond', over: 'redis | café', atLeast: 2 }])).toBe(true);
    expect(failed([{ figure: 'perCpuSecond', over: 'redis | café', atLeast: 1.5 }])).toBe(false);
    expect(failed([{ figure: 'perCpuSecond', over: 'nchan', atLeast: 99 }])).toBe(false);
    expect(failed([{ figure: 'memoryPerConnection', atMost: 10_000 }])).toBe(true);
  });

  it('says with whom the generator may be what was measured, and who had to share a core', () => {
    const { contenders, ...rest } = madeUp();
    const busy = contenders.map((contender) => ({
      ...contender,
      figures: { ...contender.figures, generatorShare: { median: 0.9, min: 0.8, max: 0.95 } },
    }));
    const { lines } = comparisonReport({ ...rest, contenders: busy.slice(0, 2), pinned: false });
    expect(lines).toContain(
      'The load generator used at most 95 % of its core; with parley, socket.io it may be what was measured.',
    );
    expect(lines).toContain('Not pinned: server and generator shared their cores.');
  });
});
