import { common, runComparison, type Workload } from '../compare';
import { number, type Report } from '../stack/report';
import { contenders, type ComparingVenues } from './contenders';
import { measureExchanges, type ExchangesOptions } from './measure-exchanges';
import { parley } from './parley-venue';
import { socketIo, stockNest } from './rooms/rooms-venue';

const milliseconds = (key: string, label: string) => ({ key, label, unit: 'milliseconds', better: 'less' }) as const;

/**
 * The work that the service is for. Ours asks guards, keeps presence, beats hearts and stores the chat in Postgres; the
 * others have rooms, and keep nothing.
 */
export function exchanges(options: ExchangesOptions, comparing: ComparingVenues): Promise<Report> {
  const taking = contenders([parley, socketIo, stockNest], measureExchanges, comparing.only);
  return runComparison(workload(options), taking, options, comparing);
}

function workload({ exchanges: count, people, seconds, cursorsPerSecond, chatEvery }: ExchangesOptions): Workload {
  return {
    name: 'exchanges',
    title:
      `${number(count)} exchanges of ${people} people in 3 topics each, ${seconds} s: ${cursorsPerSecond} cursors a second ` +
      `from one of them, a chat message every ${chatEvery} s (stored by ours only)`,
    figures: [
      common.cpuPerDelivery('message'),
      common.perSecond('messages'),
      { key: 'serverShare', label: 'server’s core', unit: 'share', better: 'less' },
      common.p50,
      common.p99,
      common.p999,
      milliseconds('chatP99', 'chat p99'),
      milliseconds('ackP50', 'ack p50'),
      milliseconds('ackP99', 'ack p99'),
      { key: 'cursorsLost', label: 'cursors lost', unit: 'count', better: 'less' },
      { key: 'memory', label: 'memory', unit: 'bytes', better: 'less' },
      milliseconds('latestSend', 'sent late at most'),
      common.generatorShare,
    ],
    chart: ['cpuPerDelivery', 'p99'],
    mustHold: [{ figure: 'p99', atMost: 25 }],
  };
}
