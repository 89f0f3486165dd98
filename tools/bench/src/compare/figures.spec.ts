import { figuresOf } from './figures';
import { spreadOf } from './spread';
import { inUnit, spreadInUnit, times } from './units';

describe('figures', () => {
  it('are those of the sample, its latencies and extras, and what follows from them', () => {
    const figures = figuresOf({
      seconds: 4,
      deliveries: 2_000_000,
      perSecond: 500_000,
      perCpuSecond: 1_000_000,
      serverCpu: 2,
      generatorCpu: 1,
      latency: { p50: 1, p99: 2, p999: 3, max: 4 },
      extra: { databaseCpu: 5 },
    });
    expect(figures).toEqual({
      ...{ seconds: 4, deliveries: 2_000_000, perSecond: 500_000, perCpuSecond: 1_000_000, serverCpu: 2 },
      ...{ generatorCpu: 1, p50: 1, p99: 2, p999: 3, max: 4, databaseCpu: 5 },
      ...{ cpuPerDelivery: 1, generatorShare: 0.25 },
    });
  });

  it('leave out what cannot be told', () => {
    const idle = { seconds: 1, deliveries: 0, perSecond: 0, perCpuSecond: 0 / 0, serverCpu: 0, generatorCpu: 0 };
    expect(Object.keys(figuresOf(idle))).toEqual([
      ...['seconds', 'deliveries', 'perSecond', 'serverCpu', 'generatorCpu', 'generatorShare'],
    ]);
  });

  it('have a median between the two in the middle when there is no middle', () => {
    expect(spreadOf([9, 1, 4, 2])).toEqual({ median: 3, min: 1, max: 9 });
    expect(spreadOf([5])).toEqual({ median: 5, min: 5, max: 5 });
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('figures for people', () => {
  it.each([
    [1_268_123, 'count', '1.27 M'],
    [999_600, 'count', '1 M'],
    [106_400, 'count', '106 k'],
    [9_994, 'count', '9,994'],
    [12_345_678_901, 'count', '12,346 M'],
    [50.04, 'count', '50'],
    [0, 'count', '0'],
    [18_841.6, 'bytes', '18.4 KiB'],
    [3_355_443, 'bytes', '3.2 MiB'],
    [0.8312, 'microseconds', '0.831 µs'],
    [0.0004, 'milliseconds', '0 ms'],
    [12.345, 'milliseconds', '12.3 ms'],
    [1_234.5, 'milliseconds', '1,235 ms'],
    [0.634, 'share', '63 %'],
    [2.345, 'seconds', '2.35 s'],
  ] as const)('%d %s is %s', (value, unit, words) => {
    expect(inUnit(value, unit)).toBe(words);
  });

  it('stand with their lowest and highest', () => {
    expect(spreadInUnit({ median: 2e6, min: 1e6, max: 3e6 }, { unit: 'count' })).toBe('2 M (1 M – 3 M)');
    expect(spreadInUnit(undefined, { unit: 'count' })).toBe('–');
    expect(times(12.345)).toBe('12.3 ×');
  });
});
