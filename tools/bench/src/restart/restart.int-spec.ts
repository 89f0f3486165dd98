import { brokenRules } from '.';
import { measureRestart } from './measure-restart';

describe('a restart while everyone is connected', () => {
  it('[L4] [C2] everyone is told when to come, comes back, and nothing acknowledged is lost', async () => {
    const figures = await measureRestart({ connections: 100, users: 10, backoffMax: 4_000 });
    expect(brokenRules(figures)).toEqual([]);
    expect(figures.closedForRestart).toBe(100);
    expect(figures.acknowledged).toBeGreaterThan(0);
    // Spread, and not in step.
    expect(new Set(figures.due.map((due) => Math.floor(due / 250))).size).toBeGreaterThan(5);
  });
});
