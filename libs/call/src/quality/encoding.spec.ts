import { VIDEO_MEMBERS } from '../call-state';
import type { VideoLevel } from '../media-engine';
import { encodingFor } from './encoding';

const shown: readonly VideoLevel[] = ['full', 'reduced', 'low'];
const sizes = Array.from({ length: VIDEO_MEMBERS - 1 }, (_, index) => index + 2);

describe('encodingFor', () => {
  it('gives two people what looks good', () => {
    expect(encodingFor('full', 2)).toEqual({ maxBitrate: 1_000_000, maxFramerate: 24, scaleResolutionDownBy: 1 });
  });

  it.each(sizes)('keeps within what goes up a home connection, in a call of %d', (members) => {
    expect((encodingFor('full', members)?.maxBitrate ?? 0) * (members - 1)).toBeLessThanOrEqual(2_400_000);
  });

  it.each(shown)('gives each link less, never more, with every member: %s', (level) => {
    const bitrates = sizes.map((members) => encodingFor(level, members)?.maxBitrate ?? 0);
    expect(bitrates).toEqual(bitrates.toSorted((a, b) => b - a));
    expect(Math.min(...bitrates)).toBeGreaterThanOrEqual(60_000);
  });

  it.each(sizes)('takes something away with each step down, in a call of %d', (members) => {
    const [full, reduced, low] = shown.map((level) => encodingFor(level, members)!);
    for (const [more, less] of [[full!, reduced!] as const, [reduced!, low!] as const]) {
      expect(less.maxBitrate).toBeLessThan(more.maxBitrate);
      expect(less.maxFramerate).toBeLessThanOrEqual(more.maxFramerate);
      expect(less.scaleResolutionDownBy).toBeGreaterThanOrEqual(more.scaleResolutionDownBy);
    }
  });

  it('sends nothing while paused, nor in a call that is audio only', () => {
    expect(encodingFor('paused', 2)).toBeUndefined();
    expect(encodingFor('full', VIDEO_MEMBERS)).toBeDefined();
    expect(encodingFor('full', VIDEO_MEMBERS + 1)).toBeUndefined();
  });

  it('bears being alone', () => {
    expect(encodingFor('full', 1)).toEqual(encodingFor('full', 2));
  });
});
