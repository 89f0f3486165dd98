import { heardLevel } from './heard-level';
import { loudness } from './loudness';

describe('heardLevel', () => {
  const now = 1_795_418_000_000;

  it('is how loud it seems, not the amplitude', () => {
    expect(heardLevel([{ audioLevel: 0.079, timestamp: now - 20 }], now)).toBe(loudness(0.079));
    expect(heardLevel([{ audioLevel: 0.079, timestamp: now - 20 }], now)).toBeGreaterThan(0.5);
  });

  it('forgets what nothing follows on: who mutes in the middle of a word has stopped', () => {
    expect(heardLevel([{ audioLevel: 0.4, timestamp: now - 499 }], now)).toBeGreaterThan(0);
    expect(heardLevel([{ audioLevel: 0.4, timestamp: now - 500 }], now)).toBe(0);
  });

  it('takes the loudest of several, and silence without any', () => {
    const sources = [{ audioLevel: 0.01, timestamp: now }, { audioLevel: 0.2, timestamp: now }, { timestamp: now }];
    expect(heardLevel(sources, now)).toBe(loudness(0.2));
    expect(heardLevel([], now)).toBe(0);
  });
});
