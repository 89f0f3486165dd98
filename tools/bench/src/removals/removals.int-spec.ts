import { brokenRules } from '.';
import { measureRemovals } from './measure-removals';

describe('people who are sent out while others talk', () => {
  it('[S6] are told, and nothing that is said afterwards reaches them', async () => {
    const figures = await measureRemovals({ removals: 20, cancels: 3, ends: 3, rooms: 4, seed: 3 });
    const { fromRequest } = figures.removal;
    process.stderr.write(
      `removals: median ${Math.round(fromRequest.median)} ms, worst ${Math.round(fromRequest.worst)} ms\n`,
    );
    expect(brokenRules(figures)).toEqual([]);
    expect(fromRequest.count).toBe(20);
    expect(figures.cancel.fromRequest.count).toBe(3);
    expect(figures.end.fromRequest.count).toBe(3);
    // They did talk, and were refused.
    expect(figures.said).toBeGreaterThan(200);
    expect(figures.refusedAfterEnd).toBeGreaterThan(0);
  });
});
