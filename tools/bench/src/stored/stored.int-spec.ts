import { AT_ONCE, ceiling, oneRowEach } from '../ceiling';
import { measureStored } from './measure-stored';
import type { StoredOptions } from './options';

const small: StoredOptions = {
  seconds: 1,
  warmUpSeconds: 0.5,
  trialSeconds: 0.04,
  topics: 10,
  connectionsPerTopic: 2,
  inFlight: 64,
  progress: () => undefined,
};

describe('stored messages under load', () => {
  it('[P2] [P3] are in the table exactly once when they are acknowledged, and seq has no gap', async () => {
    const figures = await measureStored({ ...small, seconds: 4 });
    expect(figures.acknowledged).toBeGreaterThan(1_000);
    expect(figures).toMatchObject({ rows: figures.acknowledged, lost: 0, doubled: 0, misnumbered: 0, gaps: 0 });
    expect(figures.sample.deliveries).toBeLessThan(figures.acknowledged);
  });
});

describe('rows that a program inserts by itself', () => {
  it.each([oneRowEach(AT_ONCE, 3), ceiling()])('are all there: $name', async (contender) => {
    const { deliveries, extra } = await contender.measure(small);
    expect(deliveries).toBeGreaterThan(0);
    expect(extra?.databaseCpu).toBeGreaterThan(0);
    expect(contender.version).toMatch(/rows?.*connections?\)$/);
  });
});
