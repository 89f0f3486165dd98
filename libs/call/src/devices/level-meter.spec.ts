import { FakeClock } from '@parley/client/testing';
import { meterLevel, type LevelMeter } from './level-meter';
import { SharedAudio } from './shared-audio';
import { FakeAudioContext } from './testing/fake-audio';
import { FakeStream } from './testing/fake-stream';
import { FakeTrack } from './testing/fake-track';

describe('meterLevel', () => {
  let clock: FakeClock;
  let page: EventTarget;
  let contexts: FakeAudioContext[];
  let audio: SharedAudio;
  let allowed: boolean;

  beforeEach(() => {
    Object.assign(globalThis, { MediaStream: FakeStream });
    clock = new FakeClock();
    page = new EventTarget();
    contexts = [];
    allowed = true;
    audio = new SharedAudio(() => {
      const context = new FakeAudioContext(allowed);
      contexts.push(context);
      return context as unknown as AudioContext;
    }, page);
  });

  afterEach(() => Reflect.deleteProperty(globalThis, 'MediaStream'));

  function meter(track: FakeTrack): { meter: LevelMeter; levels: number[]; over: () => boolean } {
    const levels: number[] = [];
    let over = false;
    const made = meterLevel(track, { clock, audio });
    made.level.subscribe({ next: (level) => levels.push(level), complete: () => (over = true) });
    return { meter: made, levels, over: () => over };
  }

  it('measures about twelve times a second', async () => {
    const { meter: made, levels } = meter(new FakeTrack('audio'));
    contexts[0]!.amplitude = 1;
    await clock.advance(1_000);
    expect(levels).toHaveLength(13);
    expect(levels.at(0)).toBe(0);
    expect(levels.at(-1)).toBe(1);
    made.close();
  });

  it('listens to a clone, which is heard while the track is muted', () => {
    const track = new FakeTrack('audio');
    track.enabled = false;
    const { meter: made } = meter(track);
    expect(track.clones.map(({ enabled }) => enabled)).toEqual([true]);
    expect(track.enabled).toBe(false);
    made.close();
  });

  it('leaves nothing behind when closed', () => {
    const track = new FakeTrack('audio');
    const { meter: made, over } = meter(track);
    made.close();
    made.close();
    expect(track.clones.map(({ readyState }) => readyState)).toEqual(['ended']);
    expect(track.readyState).toBe('live');
    expect(contexts[0]).toMatchObject({ state: 'closed', connected: false });
    expect(clock.pending).toBe(0);
    expect(over()).toBe(true);
  });

  it('closes itself once the track has ended, so that no light stays on', async () => {
    const track = new FakeTrack('audio');
    const { over } = meter(track);
    track.stop();
    await clock.advance(100);
    expect(over()).toBe(true);
    expect(track.clones.map(({ readyState }) => readyState)).toEqual(['ended']);
  });

  it('shares one context as long as anybody measures', () => {
    const one = meter(new FakeTrack('audio'));
    const two = meter(new FakeTrack('audio'));
    expect(contexts).toHaveLength(1);
    one.meter.close();
    expect(contexts[0]?.state).toBe('running');
    two.meter.close();
    meter(new FakeTrack('audio')).meter.close();
    expect(contexts.map(({ state }) => state)).toEqual(['closed', 'closed']);
  });

  it('begins to measure with the first gesture where the browser waits for one', async () => {
    allowed = false;
    const { meter: made, levels } = meter(new FakeTrack('audio'));
    const [context] = contexts;
    context!.amplitude = 1;
    page.dispatchEvent(new Event('keydown'));
    await clock.advance(100);
    expect(levels.at(-1)).toBe(0);
    context!.allowed = true;
    page.dispatchEvent(new Event('pointerdown'));
    await clock.advance(100);
    expect(levels.at(-1)).toBe(1);
    const resumed = context!.resumed;
    page.dispatchEvent(new Event('pointerdown'));
    page.dispatchEvent(new Event('pointerdown'));
    expect(context!.resumed).toBe(resumed);
    made.close();
  });
});
