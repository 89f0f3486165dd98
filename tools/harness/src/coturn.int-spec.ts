import { turnCredentials } from '@parley/turn';
import { TurnClient, describeWithCoturn } from '@parley/turn/testing';
import { Coturn } from './coturn';

describeWithCoturn('the relay of journeys', () => {
  it('that was killed comes back at the same address, and has forgotten its allocations', async () => {
    const coturn = await Coturn.start({ transports: ['udp'] });
    const [url = ''] = coturn.urls;
    const credentials = turnCredentials({ secret: coturn.secret, userId: 'ann', ttlMs: 60_000 });
    const client = await TurnClient.open(url, credentials);
    try {
      expect((await client.allocate()).error).toBeUndefined();
      expect(await client.refresh()).toBeUndefined();
      const before = coturn.pid;
      await coturn.kill();
      await coturn.startAgain();
      expect(coturn.pid).not.toBe(before);
      expect(coturn.urls).toEqual([url]);
      const again = await TurnClient.open(url, credentials);
      // 437: Allocation Mismatch (RFC 8656 §7.2).
      expect(await again.refresh()).toBe(437);
      expect((await again.allocate()).error).toBeUndefined();
      again.close();
    } finally {
      client.close();
      await coturn.stop();
    }
  });
});
