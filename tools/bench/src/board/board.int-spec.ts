import { brokenRules } from '.';
import { measureBoard } from './measure-board';

describe('a whiteboard with a long past', () => {
  it('is the same and smaller after compaction', async () => {
    const figures = await measureBoard({ updates: 3_000, seed: 5 });
    expect(brokenRules(figures)).toEqual([]);
    expect(figures.before[0]?.tail).toBe(3_000);
    expect(figures.after[0]?.bytes).toBeLessThan((figures.before[0]?.bytes ?? 0) / 2);
    expect(figures.compaction.times).toBeGreaterThan(0);
  });
});
