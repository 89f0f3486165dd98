import { common, runComparison, type Workload } from '../compare';
import { contenders, type ComparingVenues } from '../exchanges/contenders';
import { parley } from '../exchanges/parley-venue';
import { socketIo, stockNest } from '../exchanges/rooms/rooms-venue';
import { number, type Report } from '../stack/report';
import { measureConnecting, type ConnectingOptions } from './measure-connecting';

/**
 * Ours: a session's ticket over HTTP, the upgrade that redeems it, and a topic whose guard looks into the bookings. The
 * others let anyone in: an upgrade (of socket.io without long polling before it) and a room.
 */
export function connecting(options: ConnectingOptions, comparing: ComparingVenues): Promise<Report> {
  const taking = contenders([parley, socketIo, stockNest], measureConnecting, comparing.only);
  return runComparison(workload(options), taking, options, comparing);
}

function workload({ connections, atOnce }: ConnectingOptions): Workload {
  return {
    name: 'connecting',
    title: `${number(connections)} connections, ${atOnce} at once: with ours a ticket, the upgrade and a guarded topic`,
    figures: [
      common.cpuPerDelivery('connection'),
      { key: 'databaseEach', label: 'and of Postgres', unit: 'microseconds', better: 'less' },
      common.perSecond('connections'),
      common.p50,
      common.p99,
      common.generatorShare,
    ],
    chart: ['cpuPerDelivery', 'perSecond'],
    mustHold: [{ figure: 'cpuPerDelivery', over: socketIo.name, atMost: 2 }],
  };
}
