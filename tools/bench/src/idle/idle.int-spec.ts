import { parley } from '../exchanges/parley-venue';
import { plainWs, socketIo } from '../exchanges/rooms/rooms-venue';
import { measureIdle } from './measure-idle';

describe('idle connections', () => {
  it.each([parley, socketIo, plainWs])('of $name all stay, and hear nothing', async (kind) => {
    const sample = await measureIdle(kind, { connections: 60, seconds: 0.5, settleSeconds: 0 });
    expect(sample.deliveries).toBe(60);
    expect(sample.extra?.residentAfter).toBeGreaterThan(1_000_000);
  });
});
