import { parley } from '../exchanges/parley-venue';
import { socketIo, stockNest } from '../exchanges/rooms/rooms-venue';
import { measureConnecting } from './measure-connecting';

describe('coming in', () => {
  it.each([parley, socketIo, stockNest])('[T1] [T2] [S1] everyone gets into their exchange: $name', async (kind) => {
    const sample = await measureConnecting(kind, { connections: 40, warmUp: 5, atOnce: 8 });
    expect(sample.deliveries).toBe(40);
    expect(sample.serverCpu).toBeGreaterThan(0);
  });
});
