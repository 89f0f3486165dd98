import { Flow } from './flow';
import type { MediaConnection } from './media-connection';

/** A connection whose newest packets and counters the test sets. */
class Scene {
  rtpAt: number | undefined;
  packets: number | undefined = 0;
  reads = 0;
  readonly flow = new Flow(() => this.connection as unknown as MediaConnection);
  private readonly connection = {
    receivers: () => [
      { getSynchronizationSources: () => (this.rtpAt === undefined ? [] : [{ timestamp: this.rtpAt }]) },
    ],
    stats: () => {
      this.reads += 1;
      const transport = { type: 'transport', ...(this.packets === undefined ? {} : { packetsReceived: this.packets }) };
      return Promise.resolve(new Map([['T', transport]]));
    },
  };

  /** Looks until what was read meanwhile shows too. */
  async look(): Promise<number | undefined> {
    this.flow.look();
    await new Promise(setImmediate);
    return this.flow.look();
  }
}

describe('Flow', () => {
  it('grows with sound and picture, without reading any counter', () => {
    const scene = new Scene();
    expect(scene.flow.look()).toBeUndefined();
    const reads = scene.reads;
    scene.rtpAt = 1;
    const first = scene.flow.look();
    scene.rtpAt = 2;
    expect(scene.flow.look()).toBeGreaterThan(first ?? Infinity);
    expect(scene.reads).toBe(reads);
  });

  it('stops as soon as nothing comes, however long the counter was not read', async () => {
    const scene = new Scene();
    for (let at = 1; at < 100; at += 1) {
      scene.rtpAt = at;
      scene.packets = at * 50;
      scene.flow.look();
    }
    const last = scene.flow.look();
    expect(await scene.look()).toBe(last);
    expect(await scene.look()).toBe(last);
  });

  it('goes on with the peer’s reports where it sends neither sound nor picture', async () => {
    const scene = new Scene();
    scene.rtpAt = 1;
    const last = (await scene.look()) ?? Infinity;
    scene.packets = 1;
    expect(await scene.look()).toBeGreaterThan(last);
  });

  it('never stops in a browser that does not count', async () => {
    const scene = new Scene();
    scene.packets = undefined;
    scene.rtpAt = 1;
    const last = (await scene.look()) ?? Infinity;
    expect(await scene.look()).toBeGreaterThan(last);
  });
});
