import { measureRecovery } from './measure-recovery';
import { ParleyReunion } from './parley-reunion';
import { SocketIoReunion } from './socket-io-reunion';

describe('coming back', () => {
  it.each([
    ['parley', ParleyReunion],
    ['socket.io', SocketIoReunion],
  ])('[H2] [T4] everyone gets what they missed, once and in order: %s', async (_name, kind) => {
    const options = { clients: 30, topics: 3, messages: 25, atOnce: 10 };
    const sample = await measureRecovery((given) => kind.open(given), options);
    // Whatever is missing, doubled or out of order makes it fail by itself.
    expect(sample.deliveries).toBe(30 * 25);
  });
});
