import type { Sample } from './contract';

/** What a figure counts, which decides how it is written. */
export type Unit = 'count' | 'microseconds' | 'milliseconds' | 'seconds' | 'bytes' | 'share';

/** A figure of a workload, as tables and charts show it. */
export interface Figure {
  /** One of {@link figuresOf}. */
  readonly key: string;
  /** For a heading: `deliveries a CPU second`. */
  readonly label: string;
  readonly unit: Unit;
  readonly better: 'more' | 'less';
}

/**
 * All figures of a repetition by their keys: those of the sample (latencies as `p50`, `p99`, `p999` and `max`), its
 * extras by their own names, and two that follow from them: `cpuPerDelivery` (µs of the server) and `generatorShare` (of
 * one core). What cannot be told (a division by no CPU time) is left out.
 */
export function figuresOf(sample: Sample): Readonly<Record<string, number>> {
  const { seconds, deliveries, perSecond, perCpuSecond, serverCpu, generatorCpu, memoryPerConnection } = sample;
  const all: Record<string, number | undefined> = {
    seconds,
    deliveries,
    perSecond,
    perCpuSecond,
    serverCpu,
    generatorCpu,
    memoryPerConnection,
    cpuPerDelivery: (serverCpu * 1e6) / deliveries,
    generatorShare: generatorCpu / seconds,
    ...sample.latency,
    ...sample.extra,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}

/** Figures that most workloads show; `what` is the plural of what is delivered. */
export const common = {
  perSecond: (what: string): Figure => ({ key: 'perSecond', label: `${what} a second`, unit: 'count', better: 'more' }),
  perCpuSecond: (what: string): Figure => ({
    key: 'perCpuSecond',
    label: `${what} a CPU second`,
    unit: 'count',
    better: 'more',
  }),
  cpuPerDelivery: (one: string): Figure => ({
    key: 'cpuPerDelivery',
    label: `CPU for each ${one}`,
    unit: 'microseconds',
    better: 'less',
  }),
  serverCpu: { key: 'serverCpu', label: 'server CPU', unit: 'seconds', better: 'less' },
  p50: { key: 'p50', label: 'p50', unit: 'milliseconds', better: 'less' },
  p99: { key: 'p99', label: 'p99', unit: 'milliseconds', better: 'less' },
  p999: { key: 'p999', label: 'p99.9', unit: 'milliseconds', better: 'less' },
  memoryPerConnection: {
    key: 'memoryPerConnection',
    label: 'memory for each connection',
    unit: 'bytes',
    better: 'less',
  },
  generatorShare: { key: 'generatorShare', label: 'generator’s core', unit: 'share', better: 'less' },
} as const satisfies Record<string, Figure | ((what: string) => Figure)>;
