import { brokenRules, whatHappened } from '.';
import { measureFaults } from './measure-faults';

/** One plan that is always the same, and one that nobody has tried. */
const seeds = [20_261, 1 + Math.floor(Math.random() * 1_000_000)];

describe('random faults of network, server and database', () => {
  it.each(seeds)(
    '[H3] [P2] [P3] [P6] [H2] lose, double and misorder nothing, and everyone comes back (seed %d)',
    async (seed) => {
      const figures = await measureFaults({ seed, seconds: 60, clients: 30, topics: 10, backoffMax: 4_000 });
      const { median, worst } = figures.back;
      process.stderr.write(
        `faults, seed ${seed}: ${figures.faults.length} faults, ${figures.acknowledged} of ${figures.sent} messages ` +
          `acknowledged; back after the last fault: median ${Math.round(median)} ms, worst ${Math.round(worst)} ms\n`,
      );
      const broken = brokenRules(figures);
      // Where something broke: what was going on.
      expect(broken.length === 0 ? [] : [...broken, ...whatHappened(figures)]).toEqual([]);
      expect(figures.acknowledged).toBeGreaterThan(1_000);
    },
    300_000,
  );
});
