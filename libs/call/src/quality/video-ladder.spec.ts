import type { VideoLevel } from '../media-engine';
import { VideoLadder, type Strain } from './video-ladder';

const well: Strain = { limitedBy: 'none', lossPercent: 0, rttMs: 40, availableKbps: 2_000 };
const cpu: Strain = { ...well, limitedBy: 'cpu' };
const lossy: Strain = { ...well, lossPercent: 20 };
const narrow: Strain = { ...well, limitedBy: 'bandwidth', availableKbps: 200 };

/** Feeds the same once a second and says at which second which level came. */
function feed(ladder: VideoLadder, strains: readonly Strain[], from: number, seconds: number): [number, VideoLevel][] {
  const changes: [number, VideoLevel][] = [];
  let before = ladder.level;
  for (let second = from; second < from + seconds; second++) {
    const level = ladder.next(strains, second * 1_000);
    if (level !== before) changes.push([second, level]);
    before = level;
  }
  return changes;
}

describe('VideoLadder', () => {
  it('begins in full, and stays so while all is well or nobody is there', () => {
    const ladder = new VideoLadder();
    expect(feed(ladder, [well, well], 0, 60)).toEqual([]);
    expect(feed(ladder, [], 60, 60)).toEqual([]);
    expect(ladder.level).toBe('full');
  });

  it('goes down a step after 4 s while the processor is short, and further 5 s apart', () => {
    expect(feed(new VideoLadder(), [well, cpu, well], 0, 20)).toEqual([
      [4, 'reduced'],
      [9, 'low'],
      [14, 'paused'],
    ]);
  });

  it('goes down two steps after 2 s of severe loss', () => {
    expect(feed(new VideoLadder(), [lossy], 0, 60)).toEqual([
      [2, 'low'],
      [7, 'paused'],
    ]);
  });

  it('stops where the bitrate is enough for', () => {
    expect(feed(new VideoLadder(), [narrow], 0, 60)[0]).toEqual([4, 'reduced']);
    expect(feed(new VideoLadder(), [{ ...narrow, availableKbps: 50 }], 0, 30).at(-1)?.[1]).toBe('paused');
  });

  it('believes the browser’s word where it gives no figure', () => {
    const blind: Strain = { ...narrow, availableKbps: undefined };
    expect(feed(new VideoLadder(), [blind], 0, 5)).toEqual([[4, 'reduced']]);
  });

  it('leaves a single peer with a bad way down to the browser', () => {
    expect(feed(new VideoLadder(), [well, lossy, well], 0, 60)).toEqual([]);
    expect(feed(new VideoLadder(), [well, lossy], 0, 60)).toEqual([]);
    expect(feed(new VideoLadder(), [lossy, lossy, well], 0, 3)).toEqual([[2, 'low']]);
  });

  it('passes over trouble that is short, as at the start of a call', () => {
    const ladder = new VideoLadder();
    expect(feed(ladder, [narrow], 0, 4)).toEqual([]);
    expect(feed(ladder, [well], 4, 4)).toEqual([]);
    expect(feed(ladder, [narrow], 8, 4)).toEqual([]);
  });

  it('comes back one step at a time, after 10 s of all being well', () => {
    const ladder = new VideoLadder();
    feed(ladder, [lossy], 0, 8);
    expect(feed(ladder, [well], 8, 60)).toEqual([
      [18, 'low'],
      [29, 'reduced'],
      [40, 'full'],
    ]);
  });

  it('waits longer each time that a step up did not last, and forgets it once one did', () => {
    const ladder = new VideoLadder();
    const waits: number[] = [];
    let second = 0;
    const until = (strains: readonly Strain[], level: VideoLevel): void => {
      while (ladder.level !== level) ladder.next(strains, (second += 1) * 1_000);
    };
    until([cpu], 'reduced');
    for (let flap = 0; flap < 6; flap++) {
      const from = second;
      until([well], 'full');
      waits.push(second - from);
      until([cpu], 'reduced');
    }
    // One second more than the patience: the first sample after a change begins it.
    expect(waits).toEqual([11, 21, 41, 81, 161, 161]);
    until([well], 'full');
    feed(ladder, [well], second + 1, 30);
    second += 31;
    until([cpu], 'reduced');
    const from = second;
    until([well], 'full');
    expect(second - from).toBe(11);
  });

  it('does not go by what the encoder said before it was paused: only trying tells', () => {
    const ladder = new VideoLadder();
    feed(ladder, [cpu], 0, 20);
    expect(feed(ladder, [cpu], 20, 10)).toEqual([[25, 'low']]);
  });
});
