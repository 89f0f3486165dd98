import fc from 'fast-check';
import { backoffDelay, restartDelay } from './backoff';

const limits = { min: 500, max: 30_000 };

describe('backoffDelay', () => {
  it('[C2] stays between its limits, however many attempts there were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = backoffDelay(attempt, limits, random);
        expect(delay).toBeGreaterThanOrEqual(limits.min);
        expect(delay).toBeLessThanOrEqual(limits.max);
      }),
    );
  });

  it('[C2] doubles what it may be with each attempt, and uses all of it', () => {
    const highest = [1, 2, 3, 4, 5, 6, 7].map((attempt) => backoffDelay(attempt, limits, 1));
    expect(highest).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(backoffDelay(4, limits, 0)).toBe(500);
    expect(backoffDelay(4, limits, 0.5)).toBe(4_250);
  });
});

describe('restartDelay', () => {
  it('[L4] uses all of 3 s, from nothing on', () => {
    expect([0, 0.5, 1].map((random) => restartDelay(1, limits, random))).toEqual([0, 1_500, 3_000]);
  });

  it('[C2] grows with the attempts nevertheless', () => {
    expect([1, 2, 3, 4].map((attempt) => restartDelay(attempt, limits, 1))).toEqual([3_000, 3_000, 4_000, 8_000]);
  });
});
