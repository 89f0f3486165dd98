import { peers } from '../peers';
import { measureFanOut } from './measure-fan-out';
import type { FanOutOptions } from './options';
import { machineLacks } from '../peers/machine-lacks.fixture';

const small: FanOutOptions = {
  subscribers: 60,
  payloadBytes: 300,
  windows: [2, 8],
  warmUpSeconds: 0.1,
  seconds: 0.3,
};

/** Each run checks by itself that everyone got every message exactly once, and throws where that is not so. */
describe.each(peers)('fan-out of $name', (peer) => {
  it('counts what comes, saturated', async () => {
    if (await machineLacks(peer)) return;
    const sample = await measureFanOut(peer, small);
    expect(sample.deliveries).toBeGreaterThan(small.subscribers);
    expect(sample.serverCpu).toBeGreaterThan(0);
    expect(small.windows).toContain(sample.extra?.window);
    expect(sample.latency?.p50).toBeGreaterThan(0);
  });

  it('counts what comes, at a steady pace', async () => {
    if (await machineLacks(peer)) return;
    const { deliveries, latency } = await measureFanOut(peer, { ...small, perSecond: 100 });
    expect(deliveries).toBeGreaterThan(small.subscribers);
    expect(latency?.max).toBeGreaterThan(0);
  });
});
