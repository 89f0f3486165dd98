import { FakeClock } from '@parley/client/testing';
import { MadeConnections } from './made-connections';

describe('MadeConnections', () => {
  it('gives each a number, a few at once, and then one every now and then', async () => {
    const clock = new FakeClock();
    const made = new MadeConnections(clock);
    for (let number = 1; number <= 20; number += 1) {
      expect(made.wait()).toBe(0);
      expect(made.take()).toBe(number);
    }
    await clock.advance(1_000);
    expect(made.wait()).toBe(3_000);
    await clock.advance(3_000);
    expect(made.wait()).toBe(0);
    expect(made.take()).toBe(21);
    expect(made.wait()).toBe(4_000);
    await clock.advance(3_600_000);
    for (let number = 22; number <= 41; number += 1) expect(made.take()).toBe(number);
    expect(made.wait()).toBeGreaterThan(0);
  });
});
