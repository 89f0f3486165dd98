import { shareScreen, type ScreenShare } from './share-screen';
import { FakeMediaDevices } from './testing/fake-media-devices';
import { FakeStream } from './testing/fake-stream';
import { FakeTrack } from './testing/fake-track';

describe('shareScreen', () => {
  let mediaDevices: FakeMediaDevices;

  beforeEach(() => (mediaDevices = new FakeMediaDevices()));

  async function share(...tracks: FakeTrack[]): Promise<ScreenShare> {
    mediaDevices.screen = () => new FakeStream(tracks);
    const shared = await shareScreen({ mediaDevices });
    if (typeof shared === 'string') throw new Error(shared);
    return shared;
  }

  it('asks for sound, for no more than 15 frames a second, and does not offer its own tab', async () => {
    await share(new FakeTrack('video'));
    expect(mediaDevices.screenOptions).toMatchObject({
      video: { frameRate: { max: 15 } },
      audio: { echoCancellation: false },
      selfBrowserSurface: 'exclude',
      surfaceSwitching: 'include',
      systemAudio: 'include',
    });
  });

  it('gives the picture for detail, and the sound where there is some', async () => {
    const [video, audio] = [new FakeTrack('video', 'Tabellen 日本語'), new FakeTrack('audio')];
    expect((await share(video)).tracks).toEqual({ screen: video });
    expect(video.contentHint).toBe('detail');
    expect((await share(video, audio)).tracks).toEqual({ screen: video, 'screen-audio': audio });
  });

  it('ends when stopped, with all its tracks', async () => {
    const [video, audio] = [new FakeTrack('video'), new FakeTrack('audio')];
    const shared = await share(video, audio);
    shared.stop();
    shared.stop();
    await shared.ended;
    expect([video.readyState, audio.readyState]).toEqual(['ended', 'ended']);
  });

  it('ends when it is stopped from the browser’s own bar, with its sound', async () => {
    const [video, audio] = [new FakeTrack('video'), new FakeTrack('audio')];
    const shared = await share(video, audio);
    video.end();
    await shared.ended;
    expect(audio.readyState).toBe('ended');
  });

  it('ends where the window was closed before anything was shown', async () => {
    const video = new FakeTrack('video');
    video.stop();
    await (
      await share(video)
    ).ended;
    expect(video.readyState).toBe('ended');
  });

  it.each([
    ['Permission denied', 'NotAllowedError', 'cancelled'],
    ['Permission denied by system', 'NotAllowedError', 'denied'],
    ['Access to the feature "display-capture" is disallowed by permissions policy.', 'NotAllowedError', 'denied'],
    ['Not supported', 'NotSupportedError', 'unsupported'],
    ['getDisplayMedia requires transient activation', 'InvalidStateError', 'failed'],
  ])('takes %s (%s) for %s', async (message, name, outcome) => {
    mediaDevices.screen = () => {
      throw new DOMException(message, name);
    };
    expect(await shareScreen({ mediaDevices })).toBe(outcome);
  });

  it('fails without a picture, and leaves nothing on', async () => {
    const audio = new FakeTrack('audio');
    mediaDevices.screen = () => new FakeStream([audio]);
    expect(await shareScreen({ mediaDevices })).toBe('failed');
    expect(audio.readyState).toBe('ended');
  });

  it('says so where the browser cannot', async () => {
    expect(await shareScreen({ mediaDevices: new EventTarget() as MediaDevices })).toBe('unsupported');
    expect(await shareScreen()).toBe('unsupported');
  });
});
