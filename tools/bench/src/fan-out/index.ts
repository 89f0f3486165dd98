import {
  common,
  EVERY_OTHER,
  runComparison,
  type ComparisonOptions,
  type Requirement,
  type Workload,
} from '../compare';
import { bare, nats, nchan, nest, peers, socketIo, type Peer } from '../peers';
import { number, type Report } from '../stack/report';
import { measureFanOut } from './measure-fan-out';
import type { FanOutOptions } from './options';

export { windowsFor, type FanOutOptions } from './options';

const saturated: readonly Requirement[] = [
  { figure: 'perCpuSecond', over: socketIo.name, atLeast: 10 },
  { figure: 'perCpuSecond', over: nest.name, atLeast: 10 },
  { figure: 'perCpuSecond', over: nats.name, atLeast: 1.5 },
  { figure: 'perCpuSecond', over: bare.name, atLeast: 0.9 },
];

const steady: readonly Requirement[] = [
  { figure: 'perCpuSecond', over: nchan.name, atLeast: 1 },
  { figure: 'p99', over: EVERY_OTHER, atMost: 1 },
];

/** Of the payload for which something must hold. */
const SMALL = 64;

/**
 * One topic and many subscribers. Ours asks a guard, keeps leases, offsets, a history window and presence meanwhile;
 * what the others do is said where they are started.
 *
 * @param wanted words with which the names of contenders beside ours begin, in any case; left out: all
 * @throws RangeError for a word with which no name begins
 */
export function fanOut(
  options: FanOutOptions,
  wanted: readonly string[] | undefined,
  comparing: ComparisonOptions,
): Promise<Report> {
  const contenders = chosen(wanted).map((peer) => ({
    name: peer.name,
    get version() {
      return peer.version;
    },
    missing: () => peer.missing(),
    measure: (own: FanOutOptions) => measureFanOut(peer, own),
  }));
  return runComparison(workload(options), contenders, options, comparing);
}

function workload({ subscribers, payloadBytes, perSecond, windows, seconds }: FanOutOptions): Workload {
  const pace =
    perSecond === undefined ? `${windows.join(' or ')} under way at all times` : `${number(perSecond)} a second`;
  const small = payloadBytes === SMALL;
  return {
    name: `fan-out-${perSecond === undefined ? 'saturated' : 'steady'}${small ? '' : `-${payloadBytes}`}`,
    title: `One topic, ${number(subscribers)} subscribers, payloads of ${number(payloadBytes)} bytes, ${pace}, ${number(seconds, 1)} s`,
    figures: [
      common.perCpuSecond('deliveries'),
      common.perSecond('deliveries'),
      { key: 'serverShare', label: 'server’s core', unit: 'share', better: 'less' },
      common.p50,
      common.p99,
      common.p999,
      { key: 'max', label: 'longest', unit: 'milliseconds', better: 'less' },
      { key: 'memory', label: 'memory', unit: 'bytes', better: 'less' },
      ...(perSecond === undefined
        ? [{ key: 'window', label: 'messages under way', unit: 'count', better: 'less' } as const]
        : []),
      common.generatorShare,
    ],
    chart: ['perCpuSecond', 'p99'],
    mustHold: small ? (perSecond === undefined ? saturated : steady) : [],
  };
}

function chosen(wanted: readonly string[] | undefined): readonly Peer[] {
  if (wanted === undefined) return peers;
  const of = (word: string): readonly Peer[] =>
    peers.filter(({ name }) => name.toLowerCase().startsWith(word.toLowerCase()));
  const unknown = wanted.find((word) => of(word).length === 0);
  if (unknown !== undefined) throw new RangeError(`None of ${peers.map(({ name }) => name).join(', ')}: ${unknown}`);
  return peers.filter((peer, index) => index === 0 || wanted.some((word) => of(word).includes(peer)));
}
