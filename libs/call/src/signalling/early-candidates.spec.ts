import { belongsTo, EarlyCandidates } from './early-candidates';
import type { SignalCandidate } from './signal';

function candidate(fragment: string, port: number): SignalCandidate {
  return { candidate: `candidate:${port}`, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: fragment };
}

const sdp = (fragment: string): string => `v=0\r\na=ice-ufrag:${fragment}\r\n`;

describe('[K4] candidates that came early', () => {
  it('wait for the description that they belong to, and are given once', () => {
    const early = new EarlyCandidates();
    for (const each of [candidate('a', 1), candidate('b', 2), candidate('a', 3), candidate('a', 1)]) early.keep(each);
    expect(early.take(sdp('a')).map(({ candidate: line }) => line)).toEqual(['candidate:1', 'candidate:3']);
    expect(early.take(sdp('a'))).toEqual([]);
    expect(early.take(sdp('b'))).toHaveLength(1);
  });

  it('are bounded, the newest descriptions kept', () => {
    const early = new EarlyCandidates();
    for (let fragment = 0; fragment < 20; fragment += 1) {
      for (let port = 0; port < 100; port += 1) early.keep(candidate(`f${fragment}`, port));
    }
    expect(early.take(sdp('f0'))).toEqual([]);
    expect(early.take(sdp('f19'))).toHaveLength(64);
  });

  it('belong to a whole username fragment', () => {
    expect(belongsTo('ab', sdp('abc'))).toBe(false);
    expect(belongsTo('abc', sdp('abc'))).toBe(true);
    expect(belongsTo('', sdp('abc'))).toBe(true);
  });
});
