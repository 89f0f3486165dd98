import fc from 'fast-check';
import { Announced } from './announced';

describe('Announced', () => {
  it('knows what was there before, what was broadcast since, and nothing else', () => {
    const seq = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.array(seq, { maxLength: 60 }), (before, broadcast) => {
        const announced = new Announced(before);
        for (const each of broadcast) announced.add(each);
        for (let each = 1; each <= 200; each += 1) {
          expect(announced.has(each)).toBe(each <= before || broadcast.includes(each));
        }
      }),
    );
  });

  it('remembers the newest thousand holes', () => {
    const announced = new Announced(0);
    announced.add(100_000);
    expect([98_999, 99_000, 99_999, 100_000].map((seq) => announced.has(seq))).toEqual([true, false, false, true]);
    announced.add(100_500);
    expect([99_498, 99_499, 100_000, 100_499].map((seq) => announced.has(seq))).toEqual([true, false, true, false]);
  });
});
