import { common, runComparison, type Workload } from '../compare';
import { contenders, type ComparingVenues } from '../exchanges/contenders';
import { parley } from '../exchanges/parley-venue';
import { plainWs, socketIo } from '../exchanges/rooms/rooms-venue';
import { number, type Report } from '../stack/report';
import { measureIdle, type IdleOptions } from './measure-idle';

/**
 * What a connection costs that does nothing. Of ours each has a session, a subscription whose guard is asked again when its
 * lease is over, and its presence; the others have a room.
 */
export function idle(options: IdleOptions, comparing: ComparingVenues): Promise<Report> {
  const taking = contenders([parley, socketIo, plainWs], measureIdle, comparing.only);
  return runComparison(workload(options), taking, options, comparing);
}

function workload({ connections, seconds }: IdleOptions): Workload {
  return {
    name: 'idle',
    title: `${number(connections)} idle connections in exchanges of 3, ${seconds} s of heartbeats`,
    figures: [
      common.memoryPerConnection,
      { key: 'heapPerConnection', label: 'of it heap', unit: 'bytes', better: 'less' },
      { key: 'externalPerConnection', label: 'buffers', unit: 'bytes', better: 'less' },
      { key: 'heartbeatCpu', label: 'CPU for each and minute', unit: 'microseconds', better: 'less' },
      { key: 'residentAfter', label: 'memory of the server', unit: 'bytes', better: 'less' },
      common.generatorShare,
    ],
    chart: ['memoryPerConnection', 'heartbeatCpu'],
    mustHold: [{ figure: 'memoryPerConnection', atMost: 20 * 1024 }],
  };
}
