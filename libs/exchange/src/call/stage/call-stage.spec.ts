import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { elementOf, find } from '../../testing/element';
import { giveLayout } from '../../testing/layout';
import { call, person, type CallUnderTest } from '../testing/call-under-test';
import { fakeTrack, giveMedia, tracksOf } from '../testing/fake-media';
import { member, peer } from '../testing/fake-session';
import { CallStage } from './call-stage';
import { StageView } from './stage-view';

async function show(under: CallUnderTest): Promise<ComponentFixture<CallStage>> {
  const fixture = TestBed.createComponent(CallStage);
  fixture.componentRef.setInput('room', under.room);
  fixture.componentRef.setInput('own', under.room.own());
  fixture.componentRef.setInput('person', person);
  fixture.componentRef.setInput('view', new StageView());
  document.body.replaceChildren(elementOf(fixture));
  await fixture.whenStable();
  return fixture;
}

function tile(fixture: ComponentFixture<unknown>, userId: string, role = 'camera'): HTMLElement {
  return find(fixture, `parley-call-tile[data-user="${userId}"][data-role="${role}"]`);
}

describe('call stage', () => {
  beforeEach(() => {
    localStorage.clear();
    giveLayout();
    giveMedia();
  });

  it('shows everyone by name, oneself included', async () => {
    const under = await call();
    under.session.enter(member('ben', { microphone: 'off' }), member('ann'));
    const fixture = await show(under);
    const tiles = [...elementOf(fixture).querySelectorAll('parley-call-tile')];
    expect(tiles.map((each) => [each.getAttribute('aria-label'), each.getAttribute('data-state')])).toEqual([
      ['Ben café 👩‍👩‍👧 日本語', 'connecting'],
      ['You', 'self'],
    ]);
    expect(tiles[0]?.textContent).toContain('muted:');
    expect(tiles[1]?.querySelector('video')).not.toBeNull();
  });

  it('keeps a tile’s picture when a connection, a seat or anything else changes', async () => {
    const under = await call();
    const camera = fakeTrack();
    under.session.enter(member('ann'), member('ben'));
    under.session.connect(peer('ben', { tracks: { camera } }));
    const fixture = await show(under);
    const video = tile(fixture, 'ben').querySelector('video')!;
    const source = video.srcObject;
    for (const state of ['reconnecting', 'failed', 'connected'] as const) {
      under.session.members.next([member('cleo'), member('ann'), member('ben', { connectionId: state })]);
      under.session.connect(peer('ben', { state, tracks: { camera } }), peer('cleo'));
      await fixture.whenStable();
      expect(tile(fixture, 'ben').dataset.state).toBe(state);
      expect(tile(fixture, 'ben').querySelector('video')).toBe(video);
      expect(video.srcObject).toBe(source);
    }
  });

  it('says why nobody is reached', async () => {
    const under = await call();
    under.session.enter(member('ann'), member('ben'));
    under.session.connect(peer('ben', { state: 'failed', trouble: 'relay-refused' }));
    const fixture = await show(under);
    expect(tile(fixture, 'ben').textContent).toContain('The relay refused us');
  });

  it('makes a shared screen large, and a pinned tile before that', async () => {
    const under = await call();
    under.session.enter(member('ann'), member('ben', { screen: true }));
    const fixture = await show(under);
    const screen = tile(fixture, 'ben', 'screen');
    expect(screen.ariaLabel ?? screen.getAttribute('aria-label')).toBe('Ben café 👩‍👩‍👧 日本語’s screen');
    const pin = tile(fixture, 'ben').querySelector<HTMLButtonElement>('[aria-label^="Pin"]')!;
    pin.click();
    await fixture.whenStable();
    expect(pin.getAttribute('aria-pressed')).toBe('true');
    expect(fixture.componentInstance.view().pinned()).toBe('ben:camera');
    pin.click();
    expect(fixture.componentInstance.view().pinned()).toBeUndefined();
  });

  it('plays everyone’s sound and their screens’, at the chosen speaker', async () => {
    const under = await call();
    const [microphone, audio] = [fakeTrack(), fakeTrack()];
    under.session.enter(member('ann'), member('ben'));
    under.session.connect(peer('ben', { tracks: { microphone, 'screen-audio': audio } }));
    const fixture = await show(under);
    const sounds = [...elementOf(fixture).querySelectorAll('audio')];
    expect(sounds.map((each) => tracksOf(each))).toEqual([[microphone], [audio]]);
  });

  it('asks for one click where the browser plays nothing without', async () => {
    const under = await call();
    under.session.enter(member('ann'), member('ben'));
    const play = jest.spyOn(HTMLMediaElement.prototype, 'play');
    play.mockImplementation(function (this: HTMLMediaElement) {
      return this.tagName === 'AUDIO' ? Promise.reject(new DOMException('', 'NotAllowedError')) : Promise.resolve();
    });
    under.session.connect(peer('ben', { tracks: { microphone: fakeTrack() } }));
    const fixture = await show(under);
    await fixture.whenStable();
    const button = [...elementOf(fixture).querySelectorAll('button')].find(
      (each) => each.textContent === 'Click to hear',
    );
    play.mockReset();
    play.mockResolvedValue();
    button?.click();
    await fixture.whenStable();
    expect(play).toHaveBeenCalled();
    expect(elementOf(fixture).textContent).not.toContain('Click to hear');
    play.mockRestore();
  });

  it('numbers raised hands, and shows reactions with who sent them', async () => {
    const under = await call();
    under.session.enter(
      member('ann', { handAt: '2026-11-03T10:00:05.000Z' }),
      member('ben', { handAt: '2026-11-03T10:00:02.000Z' }),
    );
    const fixture = await show(under);
    const hand = (userId: string): string => tile(fixture, userId).querySelector('.hand')?.textContent.trim() ?? '';
    expect([hand('ben').at(-1), hand('ann').at(-1)]).toEqual(['1', '2']);
    under.session.reactions.next({ userId: 'ben', reaction: 'celebrate' });
    under.session.reactions.next({ userId: 'ann', reaction: 'heart' });
    await fixture.whenStable();
    const shown = [...elementOf(fixture).querySelectorAll('parley-floating-reactions bdi')];
    expect(shown.map(({ textContent }) => textContent)).toEqual(['Ben café 👩‍👩‍👧 日本語', 'You']);
  });

  it('says that it is audio only, and that the camera gave way', async () => {
    const under = await call();
    const fixture = await show(under);
    expect(elementOf(fixture).textContent).toContain('You are the only one in the call.');
    under.session.ownVideo.next('paused');
    await fixture.whenStable();
    expect(elementOf(fixture).textContent).toContain('Your camera is paused: the network is too weak.');
    under.session.audioOnly.next(true);
    await fixture.whenStable();
    expect(elementOf(fixture).textContent).toContain('Audio only: with more than 6 people');
  });

  it('says what is wrong with a device until it works, or was read', async () => {
    const under = await call({ microphone: 'on', camera: 'denied' });
    const fixture = await show(under);
    const text = (): string => elementOf(fixture).textContent;
    const press = async (name: string): Promise<void> => {
      [...elementOf(fixture).querySelectorAll('button')].find((each) => each.textContent.trim() === name)?.click();
      await fixture.whenStable();
    };
    expect(text()).toContain('does not let Parley use the camera');
    await press('Hide');
    expect(text()).not.toContain('does not let Parley');
    under.parts.desk.become('microphone', 'unplugged');
    await fixture.whenStable();
    expect(text()).toContain('The microphone was unplugged, so the others cannot hear you.');
    await press('Retry');
    expect(text()).not.toContain('unplugged');
    expect(under.room.own()?.own().microphone).toBe('on');
  });

  it('does not repeat to who has no device that there is none', async () => {
    const fixture = await show(await call({ microphone: 'missing', camera: 'missing' }));
    expect(elementOf(fixture).querySelector('.warn')).toBeNull();
  });

  it('marks who speaks, and tells who speaks while muted', async () => {
    jest.useFakeTimers();
    try {
      const under = await call();
      under.session.enter(member('ann'), member('ben'));
      under.session.connect(peer('ben', { level: () => 0.9 }));
      const fixture = TestBed.createComponent(CallStage);
      fixture.componentRef.setInput('room', under.room);
      fixture.componentRef.setInput('own', under.room.own());
      fixture.componentRef.setInput('person', person);
      fixture.componentRef.setInput('view', new StageView());
      fixture.detectChanges();
      const after = (ms: number): void => {
        jest.advanceTimersByTime(ms);
        fixture.detectChanges();
      };
      after(600);
      expect([tile(fixture, 'ben'), tile(fixture, 'ann')].map((each) => each.dataset.speaking)).toEqual([
        'true',
        'false',
      ]);
      under.room.own()?.toggle('microphone');
      under.parts.level.next(0.9);
      after(2_000);
      expect(elementOf(fixture).textContent).toContain('You are muted.');
      expect(tile(fixture, 'ann').dataset.speaking).toBe('false');
      find(fixture, '.note button').click();
      fixture.detectChanges();
      expect(under.room.own()?.own().microphone).toBe('on');
      expect(elementOf(fixture).textContent).not.toContain('You are muted.');
    } finally {
      jest.useRealTimers();
    }
  });
});
