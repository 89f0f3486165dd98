import type { VideoLevel } from '../media-engine';
import { encodingFor } from './encoding';
import { screenEncodingFor } from './screen-encoding';

const levels: readonly VideoLevel[] = ['full', 'reduced', 'low', 'paused'];

describe('screenEncodingFor', () => {
  it('gives way after the camera does, keeps its size, and never stops', () => {
    const rates = levels.map((level) => screenEncodingFor(level, 3)?.maxBitrate ?? 0);
    expect(rates).toEqual([...rates].sort((one, other) => other - one));
    expect(rates[1]).toBe(rates[0]);
    expect(encodingFor('reduced', 3)?.maxBitrate).toBeLessThan(encodingFor('full', 3)?.maxBitrate ?? 0);
    for (const level of levels) {
      const encoding = screenEncodingFor(level, 6);
      expect(encoding?.scaleResolutionDownBy).toBe(1);
      expect(encoding?.maxFramerate).toBeGreaterThan(0);
    }
  });

  it('takes no more up a line with more members, and nothing where there are too many', () => {
    for (const members of [2, 3, 4, 5, 6]) {
      expect((screenEncodingFor('full', members)?.maxBitrate ?? Infinity) * (members - 1)).toBeLessThanOrEqual(
        4_000_000,
      );
    }
    expect(screenEncodingFor('full', 7)).toBeUndefined();
  });
});
