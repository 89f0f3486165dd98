import { qualityOf, readSample, strainOf, type LinkSample } from './link-sample';
import type { StatsReport } from './stats';

type Stats = Readonly<Record<string, unknown>>;

function report(...stats: readonly Stats[]): StatsReport {
  return new Map(stats.map((each, index) => [typeof each.id === 'string' ? each.id : String(index), each]));
}

const pair: Stats = {
  id: 'P1',
  type: 'candidate-pair',
  timestamp: 5_000,
  localCandidateId: 'L1',
  remoteCandidateId: 'R1',
  currentRoundTripTime: 0.042,
  availableOutgoingBitrate: 1_250_000,
  responsesReceived: 7,
  requestsReceived: 5,
  bytesReceived: 1_000,
  bytesSent: 2_000,
  nominated: true,
  state: 'succeeded',
};
const transport: Stats = {
  id: 'T1',
  type: 'transport',
  selectedCandidatePairId: 'P1',
  bytesReceived: 10_000,
  bytesSent: 20_000,
};
const local: Stats = { id: 'L1', type: 'local-candidate', candidateType: 'host', protocol: 'udp' };
const remote: Stats = { id: 'R1', type: 'remote-candidate', candidateType: 'srflx', protocol: 'udp' };
const audio: Stats = { id: 'I1', type: 'inbound-rtp', kind: 'audio', packetsReceived: 900, packetsLost: 10 };
const video: Stats = { id: 'I2', type: 'inbound-rtp', kind: 'video', packetsReceived: 100, packetsLost: -3 };

describe('readSample', () => {
  it('reads the pair that the transport has selected', () => {
    const other = { ...pair, id: 'P0', currentRoundTripTime: 9 };
    expect(readSample(report(other, pair, transport, local, remote, audio, video))).toEqual({
      atMs: 5_000,
      rttMs: 42,
      packetsReceived: 1_000,
      packetsLost: 7,
      heard: 1_012,
      heardAtMs: 5_000,
      bytesIn: 10_000,
      bytesOut: 20_000,
      path: 'direct',
      protocol: 'udp',
      limitedBy: 'none',
      framesPerSecond: undefined,
      availableKbps: 1_250,
      outLossPercent: 0,
    });
  });

  it('finds the pair without a transport: the nominated one, or the one that Firefox marks', () => {
    const waiting = { ...pair, id: 'P0', state: 'in-progress', currentRoundTripTime: 9 };
    expect(readSample(report(waiting, pair, local, remote))).toMatchObject({ rttMs: 42, bytesIn: 1_000 });
    const marked = { ...pair, id: 'P2', selected: true, currentRoundTripTime: 0.007 };
    expect(readSample(report(pair, marked)).rttMs).toBe(7);
  });

  it.each([
    [{ candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' }, remote, 'relay', 'tls'],
    [{ candidateType: 'relay', protocol: 'udp', relayProtocol: 'tcp' }, remote, 'relay', 'tcp'],
    [{ candidateType: 'host', protocol: 'udp' }, { ...remote, candidateType: 'relay' }, 'relay', 'udp'],
    [{ candidateType: 'prflx', protocol: 'tcp' }, remote, 'direct', 'tcp'],
    [{ candidateType: 'host', protocol: 'quic' }, remote, 'direct', undefined],
  ])('tells the way: %j to %j', (mine, theirs, path, protocol) => {
    expect(readSample(report(pair, transport, { ...local, ...mine }, theirs))).toMatchObject({ path, protocol });
  });

  it('says what keeps our own video back, the processor first, and how it arrives', () => {
    const sent = { type: 'outbound-rtp', kind: 'video', framesPerSecond: 12, qualityLimitationReason: 'bandwidth' };
    const second = { ...sent, id: 'O2', framesPerSecond: 5, qualityLimitationReason: 'cpu' };
    const heard = { type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.125, roundTripTime: 0.3 };
    const sample = readSample(report(sent, second, heard));
    expect(sample).toMatchObject({ limitedBy: 'cpu', framesPerSecond: 12, outLossPercent: 12.5, rttMs: 300 });
    expect(strainOf(sample)).toEqual({ limitedBy: 'cpu', lossPercent: 12.5, rttMs: 300, availableKbps: undefined });
  });

  it('makes nothing of nothing', () => {
    const sample = readSample(report({ type: 'candidate-pair', currentRoundTripTime: 'café' }, { type: null }));
    expect(sample).toMatchObject({ rttMs: undefined, path: undefined, packetsReceived: 0, bytesIn: 0, heard: 0 });
    expect(Number.isFinite(sample.atMs)).toBe(true);
  });

  it('notes when something was last heard', () => {
    const first = readSample(report(pair, audio));
    const silent = readSample(report({ ...pair, timestamp: 9_000 }, audio), first);
    expect(silent.heardAtMs).toBe(5_000);
    const checked = readSample(report({ ...pair, timestamp: 10_000, responsesReceived: 8 }, audio), silent);
    expect(checked.heardAtMs).toBe(10_000);
  });
});

describe('qualityOf', () => {
  const before: LinkSample = {
    ...readSample(report(pair, transport, local, remote, audio)),
    packetsReceived: 1_000,
    packetsLost: 20,
  };
  const later = (change: Partial<LinkSample>): LinkSample => ({ ...before, atMs: 7_000, heardAtMs: 7_000, ...change });

  it('measures what happened since the sample before', () => {
    const now = later({ packetsReceived: 1_095, packetsLost: 25, bytesIn: 35_000, bytesOut: 70_000 });
    expect(qualityOf(before, now)).toEqual({
      bars: 2,
      rttMs: 42,
      lossPercent: 5,
      inKbps: 100,
      outKbps: 200,
      path: 'direct',
      protocol: 'udp',
      limitedBy: 'none',
    });
  });

  it('knows no rates after a single sample', () => {
    expect(qualityOf(undefined, before)).toMatchObject({ bars: 4, lossPercent: 0, inKbps: 0, outKbps: 0 });
  });

  it.each([
    [0, undefined, 4],
    [1, 300, 4],
    [1, 301, 3],
    [2, 100, 3],
    [3, 550, 3],
    [4, 100, 2],
    [10, 800, 2],
    [11, 100, 1],
    [0, 801, 1],
  ])('%d %% of loss and %s ms are %d bars', (loss, rttMs, bars) => {
    const now = later({ packetsReceived: 1_000 + (100 - loss), packetsLost: 20 + loss, rttMs });
    expect(qualityOf(before, now).bars).toBe(bars);
  });

  it('shows no bars once nothing was heard for longer than the path goes unchecked', () => {
    expect(qualityOf(before, later({ heardAtMs: 1_001 })).bars).toBe(4);
    expect(qualityOf(before, later({ heardAtMs: 1_000 })).bars).toBe(0);
  });

  it('bears counters that begin again', () => {
    const now = later({ packetsReceived: 5, packetsLost: 0, bytesIn: 10, bytesOut: 10 });
    expect(qualityOf(before, now)).toMatchObject({ lossPercent: 0, inKbps: 0, outKbps: 0, bars: 4 });
  });
});
