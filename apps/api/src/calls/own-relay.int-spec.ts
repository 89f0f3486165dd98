import { findTurnserver, probeTurn, turnCredentials } from '@parley/turn';
import { TurnClient, describeWithCoturn } from '@parley/turn/testing';
import { setImmediate } from 'node:timers/promises';
import { TestServers } from '../testing/test-server';
import { OwnRelay } from './own-relay';
import { Relay } from './relay';

async function allocates(relay: OwnRelay): Promise<boolean> {
  const credentials = turnCredentials({ secret: relay.secret, userId: 'ann', ttlMs: 60_000 });
  const client = await TurnClient.open(relay.urls[0] ?? '', credentials);
  const { error } = await client.allocate();
  client.close();
  return error === undefined;
}

describeWithCoturn('a relay of the server’s own', () => {
  it('is started again when it ends, at the same address and with the same secret', async () => {
    const relay = new OwnRelay({ program: findTurnserver(), pauseMs: 1 });
    await relay.start();
    const { urls, pid = 0 } = relay;
    try {
      expect(await allocates(relay)).toBe(true);
      process.kill(pid, 'SIGKILL');
      while (relay.pid === undefined || relay.pid === pid) await setImmediate();
      expect(relay.urls).toEqual(urls);
      expect(await allocates(relay)).toBe(true);
    } finally {
      await relay.stop();
    }
    expect(await probeTurn(urls[0] ?? '')).toBe('ECONNREFUSED');
  });

  it.each([
    [undefined, 'install Coturn'],
    ['/nowhere/turnserver', 'did not start'],
    ['/bin/false', 'did not start'],
  ])('is none where Coturn is %s, and says so', async (program, words) => {
    const relay = new OwnRelay({ program, pauseMs: 60_000 });
    await relay.start();
    expect(relay.urls).toEqual([]);
    expect(relay.summary).toContain('Calls go without a relay');
    expect(relay.summary).toContain(words);
    await relay.stop();
  });

  it('[A6] runs as long as its server does, and health says so', async () => {
    const servers = await TestServers.start();
    try {
      const server = await servers.open({ PARLEY_RELAY: 'on' });
      const relay = server.server.app.get(Relay);
      expect(relay.summary).toMatch(/Coturn on port \d+/);
      expect((await server.browser().get('/api/health')).body).toMatchObject({ status: 'up', relay: 'up' });
      const urls = relay.serversFor('ann').iceServers.flatMap((each) => each.urls);
      expect(urls).toHaveLength(2);
      await server.close();
      for (const url of urls) expect(await probeTurn(url)).toBe('ECONNREFUSED');
    } finally {
      await servers.stop();
    }
  });
});
