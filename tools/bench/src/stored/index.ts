import { AT_ONCE, CEILING, ceiling, ONE_BY_ONE, oneRowEach } from '../ceiling';
import { common, runComparison, type ComparisonOptions, type Contender, type Workload } from '../compare';
import { parley } from '../peers/parley';
import type { Report } from '../stack/report';
import { measureStored } from './measure-stored';
import type { StoredOptions } from './options';

const workload: Workload = {
  name: 'stored',
  title: 'Stored messages: 20 connections in 10 topics, each acknowledged after its commit',
  figures: [
    common.perSecond('rows'),
    common.p50,
    common.p99,
    common.cpuPerDelivery('row'),
    { key: 'databaseCpu', label: 'Postgres’ CPU for each row', unit: 'microseconds', better: 'less' },
    common.generatorShare,
  ],
  chart: ['perSecond', 'p99'],
  mustHold: [
    { figure: 'perSecond', over: CEILING, atLeast: 0.5 },
    // Over one connection, for ours has one statement under way, too. Over twenty Postgres puts commits together by itself,
    // and ten times that is more than the ceiling.
    { figure: 'perSecond', over: ONE_BY_ONE, atLeast: 10 },
  ],
};

const TOPICS = 10;
const CONNECTIONS_PER_TOPIC = 2;

/** @param seconds of each repetition */
export function stored(
  seconds: number,
  { program, profile, ...options }: ComparisonOptions & Pick<StoredOptions, 'program' | 'profile'>,
): Promise<Report> {
  const { progress } = options;
  return runComparison(
    workload,
    [ours, oneRowEach(ONE_BY_ONE, 1), oneRowEach(AT_ONCE, TOPICS * CONNECTIONS_PER_TOPIC), ceiling()],
    {
      seconds,
      warmUpSeconds: Math.min(2, seconds / 2),
      trialSeconds: 0.8,
      topics: TOPICS,
      connectionsPerTopic: CONNECTIONS_PER_TOPIC,
      inFlight: 128,
      program,
      profile,
      progress,
    },
    options,
  );
}

const ours: Contender<StoredOptions> = {
  name: parley.name,
  get version() {
    return parley.version;
  },
  missing: () => parley.missing(),
  measure: async (options) => {
    const { sample, lost, doubled, misnumbered, gaps } = await measureStored(options);
    if (lost + doubled + misnumbered + gaps > 0) {
      throw new Error(`In the table: lost ${lost}, doubled ${doubled}, misnumbered ${misnumbered}, gaps ${gaps}.`);
    }
    return sample;
  },
};
