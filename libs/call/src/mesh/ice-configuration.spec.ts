import { FakeClock } from '@parley/client/testing';
import type { IceServers } from '@parley/protocol';
import { IceConfiguration } from './ice-configuration';

function servers(name: string): IceServers {
  return {
    iceServers: [{ urls: [`turn:${name}.example.org`], username: 'u', credential: name }],
    lifetimeSeconds: 600,
    relay: true,
  };
}

describe('[A4] IceConfiguration', () => {
  const clock = new FakeClock();

  function configuration(fetch: () => Promise<IceServers>, relayOnly = false): IceConfiguration {
    return new IceConfiguration({ fetch, relayOnly: () => relayOnly, clock });
  }

  function credentials({ iceServers = [] }: RTCConfiguration): unknown {
    return iceServers.map(({ credential }) => credential);
  }

  it('asks once for as long as the credentials are good, and again before they run out', async () => {
    const fetch = jest.fn(() => Promise.resolve(servers('first')));
    const ice = configuration(fetch);
    await Promise.all([ice.read(), ice.read()]);
    await clock.advance(470_000);
    expect(credentials(await ice.read())).toEqual(['first']);
    expect(fetch).toHaveBeenCalledTimes(1);
    fetch.mockResolvedValue(servers('second'));
    await clock.advance(20_000);
    // Ahead of time: nobody has to wait for it.
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(credentials(await ice.read())).toEqual(['second']);
    expect(fetch).toHaveBeenCalledTimes(2);
    ice.close();
  });

  it('goes on asking when they could not be renewed, until it is closed', async () => {
    const fetch = jest.fn(() => Promise.resolve(servers('first')));
    const ice = configuration(fetch);
    await ice.read();
    fetch.mockRejectedValue(new Error('away'));
    await clock.advance(480_000 + 30_000);
    expect(fetch.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(credentials(await ice.read())).toEqual(['first']);
    ice.close();
    const asked = fetch.mock.calls.length;
    await clock.advance(100_000);
    expect(fetch).toHaveBeenCalledTimes(asked);
  });

  it('asks again for credentials that were refused', async () => {
    const fetch = jest.fn(() => Promise.resolve(servers('first')));
    const ice = configuration(fetch);
    await ice.read();
    fetch.mockResolvedValue(servers('second'));
    expect(credentials(await ice.read(true))).toEqual(['second']);
  });

  it('goes on with what it has where the server does not answer, and does not wait for long', async () => {
    const failing = configuration(() => Promise.reject(new Error('away')));
    expect((await failing.read()).iceServers).toEqual([]);
    const silent = configuration(() => new Promise(() => undefined));
    const reading = silent.read();
    await clock.advance(3_000);
    expect((await reading).iceServers).toEqual([]);
  });

  it('uses nothing but the relay where that is wanted', async () => {
    const fetch = (): Promise<IceServers> => Promise.resolve(servers('first'));
    expect((await configuration(fetch, true).read()).iceTransportPolicy).toBe('relay');
    expect((await configuration(fetch).read()).iceTransportPolicy).toBe('all');
  });
});
