import fc from 'fast-check';
import { Paces } from './paces';

describe('Paces', () => {
  it('tells of each message once, when the last of all has it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(4), { maxLength: 100 }), (readers, steps) => {
        const paces = new Paces(readers);
        const counts = Array<number>(readers).fill(0);
        let told = 0;
        for (const step of steps) {
          const reader = step % readers;
          counts[reader] = (counts[reader] ?? 0) + 1;
          told += paces.advance(reader);
          expect(told).toBe(Math.min(...counts));
        }
      }),
    );
  });
});
