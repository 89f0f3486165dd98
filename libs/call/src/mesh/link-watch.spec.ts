import { FakeClock } from '@parley/client/testing';
import { LinkWatch } from './link-watch';

/** A link whose packets flow while `flows`. */
class Scene {
  readonly clock = new FakeClock();
  readonly did: string[] = [];
  flows = false;
  private newest: number | undefined;
  readonly watch: LinkWatch;

  constructor(polite = false) {
    this.watch = new LinkWatch({
      polite,
      clock: this.clock,
      newestPacket: () => {
        if (this.flows) this.newest = this.clock.now();
        return this.newest;
      },
      restart: () => this.did.push('restart'),
      startOver: () => this.did.push('start over'),
      trouble: () => 'no-path',
      changed: () => this.did.push(this.watch.state),
    });
  }

  async connected(): Promise<void> {
    this.flows = true;
    this.watch.connection('connected');
    await this.clock.advance(2_000);
    this.did.splice(0);
  }
}

describe('LinkWatch', () => {
  it('says within 10 s that there is no path, with what is known, and goes on trying', async () => {
    const scene = new Scene();
    await scene.clock.advance(8_000);
    expect(scene.did).toEqual(['failed', 'restart']);
    expect(scene.watch.trouble).toBe('no-path');
    await scene.clock.advance(60_000);
    expect(scene.did.filter((each) => each === 'restart').length).toBeGreaterThan(4);
    expect(scene.did).toContain('start over');
    scene.watch.connection('connected');
    expect(scene.watch.state).toBe('connected');
    expect(scene.watch.trouble).toBeUndefined();
  });

  it('says so at once when nothing can come of waiting', () => {
    const scene = new Scene();
    scene.watch.hopeless();
    expect(scene.did).toEqual(['failed']);
  });

  it('seeks a path when a steady flow stops, before the browser says anything', async () => {
    const scene = new Scene();
    await scene.connected();
    scene.flows = false;
    await scene.clock.advance(1_200);
    expect(scene.did).toEqual([]);
    await scene.clock.advance(900);
    expect(scene.did).toEqual(['reconnecting', 'restart']);
    // The browser held the path for good all the time, and never says that it is again.
    scene.flows = true;
    await scene.clock.advance(300);
    expect(scene.watch.state).toBe('connected');
    await scene.clock.advance(30_000);
    expect(scene.did).toEqual(['reconnecting', 'restart', 'connected']);
  });

  it('also when the path breaks as soon as the first packets came', async () => {
    const scene = new Scene();
    scene.flows = true;
    scene.watch.connection('connected');
    await scene.clock.advance(300);
    scene.flows = false;
    scene.did.splice(0);
    await scene.clock.advance(2_100);
    expect(scene.did).toEqual([]);
    await scene.clock.advance(900);
    expect(scene.did).toEqual(['reconnecting', 'restart']);
  });

  it('is not deceived by a packet that was late', async () => {
    const scene = new Scene();
    await scene.connected();
    scene.flows = false;
    await scene.clock.advance(2_100);
    scene.flows = true;
    await scene.clock.advance(300);
    scene.flows = false;
    await scene.clock.advance(2_100);
    expect(scene.did).toEqual(['reconnecting', 'restart', 'connected', 'reconnecting', 'restart']);
    // The browser knows for certain: then packets that were under way change nothing.
    scene.watch.connection('failed');
    scene.flows = true;
    await scene.clock.advance(600);
    expect(scene.watch.state).toBe('reconnecting');
  });

  it('leaves the first restart to the impolite side for a moment', async () => {
    const scene = new Scene(true);
    await scene.connected();
    scene.flows = false;
    scene.watch.connection('disconnected');
    expect(scene.did).toEqual(['reconnecting']);
    await scene.clock.advance(600);
    expect(scene.did).toEqual(['reconnecting', 'restart']);
  });

  it('tries again and again while a path is broken, and begins anew when that does not help', async () => {
    const scene = new Scene();
    await scene.connected();
    scene.flows = false;
    scene.watch.connection('failed');
    await scene.clock.advance(12_000);
    expect(scene.did).toEqual(['reconnecting', 'restart', 'restart', 'restart', 'start over', 'failed']);
    await scene.clock.advance(30_000);
    expect(scene.did.filter((each) => each === 'restart').length).toBeGreaterThan(4);
  });

  it('takes no pause for silence while nothing was steady: who is muted for good sends nothing', async () => {
    const scene = new Scene();
    scene.watch.connection('connected');
    await scene.clock.advance(60_000);
    expect(scene.did).toEqual(['connected']);
  });

  it('does not blame the path when the page itself was held up', async () => {
    const scene = new Scene();
    await scene.connected();
    const { clock } = scene;
    jest.spyOn(clock, 'now').mockReturnValue(clock.now() + 5_000);
    await clock.advance(300);
    jest.restoreAllMocks();
    expect(scene.did).toEqual([]);
  });

  it('tries at once when the network may have changed, and leaves what works alone', async () => {
    const scene = new Scene();
    await scene.connected();
    scene.watch.networkChanged();
    expect(scene.did).toEqual([]);
    scene.flows = false;
    scene.watch.connection('disconnected');
    scene.did.splice(0);
    scene.watch.networkChanged();
    expect(scene.did).toEqual(['restart']);
  });

  it('does nothing more once it is closed', async () => {
    const scene = new Scene();
    scene.watch.close();
    await scene.clock.advance(60_000);
    expect(scene.did).toEqual([]);
    expect(scene.clock.pending).toBe(0);
  });
});
