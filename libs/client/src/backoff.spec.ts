import fc from 'fast-check';
import { backoffDelay, restartDelay, retryDelay } from './backoff';

const limits = { min: 500, max: 30_000 };

describe('backoffDelay', () => {
  it('[C2] has full jitter: anything up to a ceiling, however many attempts there were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = backoffDelay(attempt, limits, random);
        expect(delay).toBeGreaterThanOrEqual(100);
        expect(delay).toBeLessThanOrEqual(Math.min(limits.max, limits.min * 2 ** (attempt - 1)));
      }),
    );
  });

  it('[C2] doubles what it may be with each attempt, and uses all of it', () => {
    const highest = [1, 2, 3, 4, 5, 6, 7].map((attempt) => backoffDelay(attempt, limits, 1));
    expect(highest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
    expect(backoffDelay(4, limits, 0.5)).toBe(2_000);
    expect(backoffDelay(4, limits, 0)).toBe(100);
    expect(backoffDelay(1, { min: 20, max: 50 }, 0)).toBe(20);
  });
});

describe('restartDelay', () => {
  it('[L4] uses all of 3 s, from nothing on', () => {
    expect([0, 0.5, 1].map((random) => restartDelay(1, limits, random))).toEqual([0, 1_500, 3_000]);
  });

  it('[C2] grows with the attempts nevertheless', () => {
    expect([1, 3, 4, 5].map((attempt) => restartDelay(attempt, limits, 1))).toEqual([3_000, 3_000, 4_000, 8_000]);
  });
});

describe('retryDelay', () => {
  it('takes some time, whatever the jitter says, and more with each attempt', () => {
    expect([1, 2, 9].map((attempt) => retryDelay(attempt, limits, 1))).toEqual([1_000, 2_000, 30_000]);
    expect([1, 2, 9].map((attempt) => retryDelay(attempt, limits, 0))).toEqual([500, 500, 500]);
  });
});
