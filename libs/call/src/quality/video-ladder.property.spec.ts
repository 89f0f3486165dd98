import fc from 'fast-check';
import type { VideoLevel } from '../media-engine';
import { VideoLadder, type Strain } from './video-ladder';

const order: readonly VideoLevel[] = ['full', 'reduced', 'low', 'paused'];
const height = (level: VideoLevel): number => order.indexOf(level);

const strain: fc.Arbitrary<Strain> = fc.record({
  limitedBy: fc.constantFrom('none', 'cpu', 'bandwidth', 'other'),
  lossPercent: fc.constantFrom(0, 1, 5, 11, 50),
  rttMs: fc.constantFrom(undefined, 20, 400, 1_500),
  availableKbps: fc.constantFrom(undefined, 30, 100, 200, 2_000),
});
const strains = fc.array(strain, { maxLength: 5 });

const well: Strain = { limitedBy: 'none', lossPercent: 0, rttMs: 20, availableKbps: 2_000 };
const severe: Strain = { limitedBy: 'bandwidth', lossPercent: 30, rttMs: 20, availableKbps: 30 };

/** Samples, and milliseconds to the next. The same come for some time: what lasts is what the ladder goes by. */
const stretch = fc
  .record({
    samples: fc.oneof(strains, fc.constant([well]), fc.constant([severe])),
    everyMs: fc.integer({ min: 100, max: 2_000 }),
    times: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ samples, everyMs, times }) => Array.from({ length: times }, () => [samples, everyMs] as const));
const course = fc.array(stretch, { maxLength: 12 }).map((stretches) => stretches.flat());

/** Every change, with its time. */
function walk(
  ladder: VideoLadder,
  steps: readonly (readonly [readonly Strain[], number])[],
  from = 0,
): [number, VideoLevel][] {
  const changes: [number, VideoLevel][] = [];
  let [at, before] = [from, ladder.level];
  for (const [samples, ms] of steps) {
    const level = ladder.next(samples, at);
    if (level !== before) changes.push([at, level]);
    before = level;
    at += ms;
  }
  return changes;
}

const lasting = (samples: readonly Strain[], seconds: number): [readonly Strain[], number][] =>
  Array.from({ length: seconds }, () => [samples, 1_000]);

describe('VideoLadder, whatever the network does', () => {
  it('never changes twice within 5 s, and goes up one step at a time', () => {
    fc.assert(
      fc.property(course, (steps) => {
        let [changedAt, before]: [number, VideoLevel] = [-Infinity, 'full'];
        for (const [at, level] of walk(new VideoLadder(), steps)) {
          expect(at - changedAt).toBeGreaterThanOrEqual(5_000);
          expect(height(before) - height(level)).toBeLessThanOrEqual(1);
          [changedAt, before] = [at, level];
        }
      }),
    );
  });

  it('only goes down under constant trouble, and is paused within 20 s where it is severe', () => {
    fc.assert(
      fc.property(course, fc.integer({ min: 1, max: 5 }), (steps, links) => {
        const ladder = new VideoLadder();
        walk(ladder, steps);
        const from = steps.reduce((sum, [, ms]) => sum + ms, 0);
        let before = ladder.level;
        const trouble = Array.from({ length: links }, () => severe);
        for (const [, level] of walk(ladder, lasting(trouble, 20), from)) {
          expect(height(level)).toBeGreaterThan(height(before));
          before = level;
        }
        expect(ladder.level).toBe('paused');
      }),
    );
  });

  it('comes back to full under constant good, whatever was before, and stays', () => {
    fc.assert(
      fc.property(course, fc.integer({ min: 0, max: 5 }), (steps, links) => {
        const ladder = new VideoLadder();
        walk(ladder, steps);
        const from = steps.reduce((sum, [, ms]) => sum + ms, 0);
        const good = Array.from({ length: links }, () => well);
        let before = ladder.level;
        for (const [, level] of walk(ladder, lasting(good, 3 * 165), from)) {
          expect(height(level)).toBeLessThan(height(before));
          before = level;
        }
        expect(ladder.level).toBe('full');
      }),
    );
  });

  it('flaps less than once a minute in the long run where full is always just too much', () => {
    const ladder = new VideoLadder();
    const changes: number[] = [];
    for (let second = 0; second < 3_600; second++) {
      const before = ladder.level;
      const short: Strain = { ...well, limitedBy: before === 'full' ? 'cpu' : 'none' };
      if (ladder.next([short], second * 1_000) !== before) changes.push(second);
    }
    expect(changes.filter((second) => second > 600).length).toBeLessThan(50);
    expect(changes.length).toBeGreaterThan(10);
  });
});
