import { common, runComparison, type Workload } from '../compare';
import { contenders, type ComparingVenues } from '../exchanges/contenders';
import { parley } from '../exchanges/parley-venue';
import { socketIo } from '../exchanges/rooms/rooms-venue';
import { number, type Report } from '../stack/report';
import { measureRecovery, type RecoveryOptions } from './measure-recovery';
import { ParleyReunion } from './parley-reunion';
import { SocketIoReunion } from './socket-io-reunion';

/**
 * How long it takes until everyone who was cut off has what was said meanwhile. Ours has stored it and asks for a ticket and a
 * guard again; socket.io keeps it in memory and lets anyone in who knows the session's id.
 */
export function recovery(options: RecoveryOptions, comparing: ComparingVenues): Promise<Report> {
  const taking = contenders<RecoveryOptions>(
    [parley, socketIo],
    ({ name }, given) =>
      measureRecovery(name === parley.name ? (o) => ParleyReunion.open(o) : (o) => SocketIoReunion.open(o), given),
    comparing.only,
  );
  return runComparison(workload(options), taking, options, comparing);
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
