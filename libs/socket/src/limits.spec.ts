import fc from 'fast-check';
import { Strikes } from './strikes';
import { TokenBucket } from './token-bucket';

describe('TokenBucket', () => {
  it('[L1] lets the burst through, then names the wait', () => {
    const bucket = new TokenBucket(10, 3, 0);
    expect([bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0, 100]);
    expect(bucket.take(100)).toBe(0);
    expect(bucket.take(100)).toBe(100);
  });

  it('[L1] never lets more through than burst plus rate, whatever the rhythm', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 }), (pauses) => {
        const bucket = new TokenBucket(10, 5, 0);
        let now = 0;
        let through = 0;
        for (const pause of pauses) {
          now += pause;
          if (bucket.take(now) === 0) through += 1;
        }
        expect(through).toBeLessThanOrEqual(5 + Math.ceil((now * 10) / 1000));
      }),
    );
  });
});

describe('Strikes', () => {
  it('[F3] is true with the tenth within the window, and not when they are spread', () => {
    const close = new Strikes(10, 10_000);
    const quick = Array.from({ length: 10 }, (_, index) => close.add(index * 100));
    expect(quick).toEqual([...Array.from({ length: 9 }, () => false), true]);
    const spread = new Strikes(10, 10_000);
    expect(Array.from({ length: 50 }, (_, index) => spread.add(index * 1_200))).not.toContain(true);
  });
});
