import type { NoScreen, ScreenShare } from '@parley/call';
import { BehaviorSubject } from 'rxjs';
import { OwnMedia } from './own-media';
import { Remembered } from './remembered';
import { FakeDesk, FakeShare } from './testing/fake-media';

function setUp(wants: { microphone?: boolean; camera?: boolean } = {}) {
  const desk = new FakeDesk();
  const level = new BehaviorSubject(0);
  const share: { answer: ScreenShare | NoScreen } = { answer: new FakeShare() };
  const shareScreen = jest.fn(() => Promise.resolve(share.answer));
  const own = new OwnMedia({
    desk,
    shareScreen,
    meter: () => ({ level, close: () => undefined }),
    wants: {
      microphone: new Remembered('microphone', undefined, wants.microphone ?? true),
      camera: new Remembered('camera', undefined, wants.camera ?? true),
    },
  });
  return { desk, own, level, share, shareScreen };
}

describe('own media', () => {
  it('asks for nothing before it is opened, and then for what is wanted', () => {
    const { desk, own } = setUp({ camera: false });
    expect(desk.asked).toEqual([]);
    own.open();
    expect(desk.asked).toEqual(['start microphone']);
    expect(own.own()).toEqual({ microphone: 'on', camera: 'off', screen: false });
  });

  it('goes on hearing a muted microphone, and sends nothing of it', () => {
    const { desk, own, level } = setUp();
    own.open();
    own.toggle('microphone');
    level.next(0.7);
    expect(own.own().microphone).toBe('off');
    expect(Object.keys(own.tracks())).toEqual(['camera']);
    expect(own.level()).toBe(0.7);
    expect(desk.asked).not.toContain('stop microphone');
  });

  it('lets a camera go that is off, and takes it up again', () => {
    const { desk, own } = setUp();
    own.open();
    own.toggle('camera');
    expect(desk.asked.at(-1)).toBe('stop camera');
    expect([own.own().camera, own.picture()]).toEqual(['off', undefined]);
    own.toggle('camera');
    expect(own.own().camera).toBe('on');
  });

  it('asks which screen once, however often that is pressed', async () => {
    const { own, shareScreen } = setUp();
    await Promise.all([own.share(), own.share()]);
    expect(shareScreen).toHaveBeenCalledTimes(1);
    expect(own.own().screen).toBe(true);
    own.stopSharing();
    await own.share();
    expect(shareScreen).toHaveBeenCalledTimes(2);
  });

  it('talks while a key is held, and only when muted', () => {
    const { own } = setUp();
    own.open();
    own.press(true);
    expect(own.talking()).toBe(false);
    own.press(false);
    own.toggle('microphone');
    own.press(true);
    expect([own.talking(), own.own().microphone, 'microphone' in own.tracks()]).toEqual([true, 'on', true]);
    own.press(false);
    expect([own.talking(), own.own().microphone, 'microphone' in own.tracks()]).toEqual([false, 'off', false]);
  });

  it('says that there is no device where there is none, and tries again when it is switched', () => {
    const { desk, own } = setUp();
    desk.answers = { microphone: 'missing', camera: 'denied' };
    own.open();
    expect(own.own()).toEqual({ microphone: 'none', camera: 'none', screen: false });
    desk.answers = { microphone: 'missing', camera: 'on' };
    own.toggle('camera');
    expect(own.own().camera).toBe('on');
  });

  it('tries again by itself once the browser allows it', () => {
    const { desk, own } = setUp();
    desk.answers = { microphone: 'denied', camera: 'denied' };
    own.open();
    desk.answers = { microphone: 'on', camera: 'on' };
    // So the desk says that it may be asked again.
    desk.become('microphone', 'idle');
    desk.become('camera', 'idle');
    expect(own.own()).toMatchObject({ microphone: 'on', camera: 'on' });
  });

  it('shows a screen with its sound until the browser’s own bar ends it', async () => {
    const { own, share } = setUp();
    own.open();
    await own.share();
    expect(own.own().screen).toBe(true);
    expect(Object.keys(own.tracks()).sort()).toEqual(['camera', 'microphone', 'screen', 'screen-audio']);
    (share.answer as FakeShare).end();
    await Promise.resolve();
    expect(own.own().screen).toBe(false);
  });

  it('says why a screen is not shown, unless its owner thought better of it', async () => {
    const { own, share } = setUp();
    share.answer = 'cancelled';
    await own.share();
    expect(own.shareProblem()).toBe('');
    share.answer = 'denied';
    await own.share();
    expect(own.shareProblem()).toMatch(/^Your system does not let/);
  });

  it('captures neither camera nor screen while the call is audio only, and the camera again after it', async () => {
    const { desk, own } = setUp();
    own.open();
    await own.share();
    own.allowVideo(false);
    expect(own.own()).toEqual({ microphone: 'on', camera: 'off', screen: false });
    expect(desk.asked.at(-1)).toBe('stop camera');
    own.allowVideo(true);
    expect(own.own()).toEqual({ microphone: 'on', camera: 'on', screen: false });
  });

  it('lets go of everything, and of a screen that comes too late', async () => {
    const { desk, own, share } = setUp();
    own.open();
    const sharing = own.share();
    own.close();
    await sharing;
    expect(desk.asked.at(-1)).toBe('close');
    expect(own.screen()).toBeUndefined();
    await (share.answer as FakeShare).ended;
  });
});
