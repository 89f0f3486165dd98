import { measureRecovery } from './measure-recovery';

describe('coming back', () => {
  it('[H2] [T4] everyone gets what they missed, once and in order', async () => {
    const sample = await measureRecovery({ clients: 30, topics: 3, messages: 25, atOnce: 10 });
    // Whatever is missing, doubled or out of order makes it fail by itself.
    expect(sample.deliveries).toBe(30 * 25);
  });
});
