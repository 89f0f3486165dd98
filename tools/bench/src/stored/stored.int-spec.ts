import { measureStored } from './stored';

describe('stored messages under load', () => {
  it('[P2] [P3] are in the table exactly once when they are acknowledged, and seq has no gap', async () => {
    const figures = await measureStored({ seconds: 4, topics: 10, connectionsPerTopic: 2, inFlight: 64 });
    expect(figures.acknowledged).toBeGreaterThan(1_000);
    expect(figures).toMatchObject({ rows: figures.acknowledged, lost: 0, doubled: 0, misnumbered: 0, gaps: 0 });
  });
});
