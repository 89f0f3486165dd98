import { measureExchanges } from './measure-exchanges';
import { parley } from './parley-venue';
import { socketIo, stockNest } from './rooms/rooms-venue';

describe('people in their exchanges', () => {
  it.each([parley, socketIo, stockNest])('of $name hear each other, and nobody else', async (kind) => {
    expect(await kind.missing()).toBeUndefined();
    const sample = await measureExchanges(kind, {
      exchanges: 6,
      people: 3,
      cursorsPerSecond: 20,
      chatEvery: 0.5,
      warmUpSeconds: 0.2,
      seconds: 1,
    });
    // Whatever is wrong with a message makes it fail by itself.
    expect(sample.extra).toMatchObject({ cursorsLost: 0 });
    expect(sample.extra?.chats).toBeGreaterThan(12);
    expect(sample.deliveries).toBeGreaterThan(6 * 3 * 20);
  });
});
