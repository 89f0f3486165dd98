import { common, runComparison, type ComparisonOptions, type Contender, type Workload } from '../compare';
import { parley } from '../exchanges/parley-venue';
import { number, type Report } from '../stack/report';
import { measureRecovery, type RecoveryOptions } from './measure-recovery';

const ours: Contender<RecoveryOptions> = {
  name: parley.name,
  get version() {
    return parley.version;
  },
  missing: () => parley.missing(),
  measure: measureRecovery,
};

/** How long it takes until everyone who was cut off has what was said meanwhile. */
export function recovery(options: RecoveryOptions, comparing: ComparisonOptions): Promise<Report> {
  return runComparison(workload(options), [ours], options, comparing);
}

function workload({ clients, topics, messages, atOnce }: RecoveryOptions): Workload {
  return {
    name: 'recovery',
    title:
      `${number(clients)} clients in ${number(topics)} topics are cut off and come back, ${number(atOnce)} at once, for ` +
      `${messages} messages each`,
    figures: [
      { key: 'seconds', label: 'until all have everything', unit: 'seconds', better: 'less' },
      { key: 'cpuPerClient', label: 'CPU for each client', unit: 'microseconds', better: 'less' },
      { key: 'databasePerClient', label: 'and of Postgres', unit: 'microseconds', better: 'less' },
      common.perSecond('messages'),
      common.p50,
      common.p99,
      common.generatorShare,
    ],
    chart: ['seconds', 'cpuPerClient'],
    mustHold: [],
  };
}
