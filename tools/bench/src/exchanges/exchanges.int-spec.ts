import type { Sample } from '../compare';
import { measureExchanges } from './measure-exchanges';
import { parley } from './parley-venue';
import { socketIo, stockNest } from './rooms/rooms-venue';
import type { VenueKind } from './venue';

/** Whatever is wrong with a message makes it fail by itself. */
async function measure(kind: VenueKind): Promise<Sample> {
  expect(await kind.missing()).toBeUndefined();
  return measureExchanges(kind, {
    exchanges: 6,
    people: 3,
    cursorsPerSecond: 20,
    chatEvery: 0.5,
    warmUpSeconds: 0.2,
    seconds: 1,
  });
}

describe('people in their exchanges', () => {
  it.each([parley, stockNest])('of $name hear each other, and nobody else', async (kind) => {
    const { extra, deliveries } = await measure(kind);
    expect(extra).toMatchObject({ cursorsLost: 0 });
    expect(extra?.chats).toBeGreaterThan(12);
    expect(deliveries).toBeGreaterThan(100);
  });

  it('of socket.io do too, but for cursors that come while it writes, which it drops', async () => {
    const { extra, deliveries } = await measure(socketIo);
    expect(extra?.chats).toBeGreaterThan(12);
    expect(deliveries).toBeGreaterThan(36);
  });
});
