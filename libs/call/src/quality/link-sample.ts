import type { LinkQuality } from './link-quality';
import { Stat, statOf, statsOf, sum, type StatsReport } from './stats';
import type { Strain } from './video-ladder';

/** What a connection's counters are at one moment. Counters go up from its beginning; two samples make a measurement. */
export interface LinkSample {
  /** Milliseconds, of the browser's clock for statistics. */
  readonly atMs: number;
  readonly rttMs: number | undefined;
  /** Of what came here. */
  readonly packetsReceived: number;
  /** Of what should have come here. Repeated packets can make it go down. */
  readonly packetsLost: number;
  /** All that came, sound and picture and also the checks of the path itself (RFC 7675), which never pause. */
  readonly heard: number;
  /** When `heard` last grew, as far as the samples before tell. */
  readonly heardAtMs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly path: LinkQuality['path'];
  readonly protocol: LinkQuality['protocol'];
  readonly limitedBy: LinkQuality['limitedBy'];
  /** Of our video, as sent; undefined while none is. */
  readonly framesPerSecond: number | undefined;
  /** What the browser believes it could send. Undefined before it knows, and in browsers that do not tell. */
  readonly availableKbps: number | undefined;
  /** Of what we sent, share of the packets that the peer misses of late, 0 to 100. */
  readonly outLossPercent: number;
}

/**
 * @param report of a connection with one peer
 * @param before the sample before this one: with it, silence is noticed
 */
export function readSample(report: StatsReport, before?: LinkSample): LinkSample {
  const transport = statsOf(report, 'transport')[0];
  const pair = selectedPair(report, transport);
  const inbound = statsOf(report, 'inbound-rtp');
  const remote = statsOf(report, 'remote-inbound-rtp');
  const video = statsOf(report, 'outbound-rtp').filter((stat) => stat.text('kind') === 'video');
  const atMs = (pair ?? transport ?? inbound[0])?.number('timestamp') ?? performance.timeOrigin + performance.now();
  const rtt = pair?.number('currentRoundTripTime') ?? largest(remote, 'roundTripTime');
  const packetsReceived = sum(inbound, 'packetsReceived');
  const heard = packetsReceived + (pair?.number('responsesReceived') ?? 0) + (pair?.number('requestsReceived') ?? 0);
  const available = pair?.number('availableOutgoingBitrate');
  return {
    atMs,
    rttMs: rtt === undefined ? undefined : rtt * 1000,
    packetsReceived,
    packetsLost: Math.max(0, sum(inbound, 'packetsLost')),
    heard,
    heardAtMs: before?.heard === heard ? before.heardAtMs : atMs,
    // The transport's counters go on where another pair takes over; not every browser has them.
    bytesIn: transport?.number('bytesReceived') ?? pair?.number('bytesReceived') ?? sum(inbound, 'bytesReceived'),
    bytesOut: transport?.number('bytesSent') ?? pair?.number('bytesSent') ?? 0,
    ...route(report, pair),
    limitedBy: limitOf(video),
    framesPerSecond: largest(video, 'framesPerSecond'),
    availableKbps: available === undefined ? undefined : available / 1000,
    outLossPercent: Math.min(1, Math.max(0, largest(remote, 'fractionLost') ?? 0)) * 100,
  };
}

/** One-way delay up to 150 ms is not noticed, up to 400 ms it can be lived with (ITU-T G.114): twice that, and halfway. */
const RTT_MS = { good: 300, fair: 550, poor: 800 } as const;

/**
 * Percent. Up to 1 picture, up to 3 sound are as good as without loss (ITU-T G.1010, table I.1). Above 10 also the
 * browsers' congestion control gives way (draft-ietf-rmcat-gcc-02 §6).
 */
const LOSS = { good: 1, fair: 3, poor: 10 } as const;

/** The path is checked every 5 s at most (RFC 7675 §5.1), by either side. Who is silent for longer is not there. */
const SILENCE_MS = 6_000;

/**
 * How well it went between two samples.
 *
 * @param before undefined for the first of a connection; then nothing is known of what flows yet
 */
export function qualityOf(before: LinkSample | undefined, now: LinkSample): LinkQuality {
  const received = grown(before?.packetsReceived, now.packetsReceived);
  const lost = grown(before?.packetsLost, now.packetsLost);
  const lossPercent = received + lost === 0 ? 0 : (100 * lost) / (received + lost);
  const seconds = before === undefined ? 0 : (now.atMs - before.atMs) / 1000;
  const kbps = (from: number | undefined, to: number): number =>
    seconds > 0 ? (grown(from, to) * 8) / 1000 / seconds : 0;
  return {
    bars: now.atMs - now.heardAtMs >= SILENCE_MS ? 0 : barsOf(lossPercent, now.rttMs ?? 0),
    rttMs: now.rttMs,
    lossPercent,
    inKbps: kbps(before?.bytesIn, now.bytesIn),
    outKbps: kbps(before?.bytesOut, now.bytesOut),
    path: now.path,
    protocol: now.protocol,
    limitedBy: now.limitedBy,
  };
}

/** What a sample says of our own video, for the {@link VideoLadder}. */
export function strainOf({ limitedBy, outLossPercent, rttMs, availableKbps }: LinkSample): Strain {
  return { limitedBy, lossPercent: outLossPercent, rttMs, availableKbps };
}

function barsOf(loss: number, rtt: number): 1 | 2 | 3 | 4 {
  if (loss <= LOSS.good && rtt <= RTT_MS.good) return 4;
  if (loss <= LOSS.fair && rtt <= RTT_MS.fair) return 3;
  return loss <= LOSS.poor && rtt <= RTT_MS.poor ? 2 : 1;
}

/** A counter starts again where a stream or a pair was exchanged for another. */
function grown(from: number | undefined, to: number): number {
  return from === undefined ? 0 : Math.max(0, to - from);
}

function selectedPair(report: StatsReport, transport: Stat | undefined): Stat | undefined {
  const selected = statOf(report, transport?.text('selectedCandidatePairId'));
  if (selected !== undefined) return selected;
  const pairs = statsOf(report, 'candidate-pair');
  // Firefox marks the pair in use by `selected`, which is not in the standard.
  return (
    pairs.find((pair) => pair.is('selected')) ??
    pairs.find((pair) => pair.is('nominated') && pair.text('state') === 'succeeded')
  );
}

function route(report: StatsReport, pair: Stat | undefined): Pick<LinkSample, 'path' | 'protocol'> {
  const local = statOf(report, pair?.text('localCandidateId'));
  const remote = statOf(report, pair?.text('remoteCandidateId'));
  if (local === undefined) return { path: undefined, protocol: undefined };
  const types = [local.text('candidateType'), remote?.text('candidateType')];
  // A relayed candidate is always UDP towards the peer (RFC 8656); `relayProtocol` is what goes to the TURN server.
  const protocol = local.text('relayProtocol') ?? local.text('protocol');
  return { path: types.includes('relay') ? 'relay' : 'direct', protocol: protocols.find((each) => each === protocol) };
}

const protocols = ['udp', 'tcp', 'tls'] as const;

function limitOf(video: readonly Stat[]): LinkQuality['limitedBy'] {
  const reasons = video.map((stat) => stat.text('qualityLimitationReason'));
  // The processor first: it is short for all links, and only sending less helps.
  return limits.find((limit) => reasons.includes(limit)) ?? 'none';
}

const limits = ['cpu', 'bandwidth', 'other'] as const;

function largest(stats: readonly Stat[], name: string): number | undefined {
  const values = stats.flatMap((stat) => stat.number(name) ?? []);
  return values.length === 0 ? undefined : Math.max(...values);
}
