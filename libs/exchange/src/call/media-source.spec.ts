import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { find } from '../testing/element';
import { MediaSource } from './media-source';
import { fakeTrack, giveMedia, tracksOf } from './testing/fake-media';

@Component({
  imports: [MediaSource],
  template: `<audio [parleyMedia]="track()" [speaker]="speaker()" (blocked)="blocked.set(true)"></audio>`,
  selector: 'parley-test-host',
})
class Host {
  readonly track = signal<MediaStreamTrack | undefined>(undefined);
  readonly speaker = signal<string | undefined>(undefined);
  readonly blocked = signal(false);
}

function setUp() {
  const fixture = TestBed.createComponent(Host);
  document.body.append(fixture.nativeElement as HTMLElement);
  fixture.detectChanges();
  return { fixture, host: fixture.componentInstance, audio: find(fixture, 'audio') as HTMLAudioElement };
}

describe('media source', () => {
  beforeEach(giveMedia);

  it('gets another source only for another track', async () => {
    const { fixture, host, audio } = setUp();
    const [one, other] = [fakeTrack(), fakeTrack()];
    host.track.set(one);
    await fixture.whenStable();
    const source = audio.srcObject;
    host.speaker.set('anything else');
    await fixture.whenStable();
    expect(audio.srcObject).toBe(source);
    host.track.set(other);
    await fixture.whenStable();
    expect(tracksOf(audio)).toEqual([other]);
    host.track.set(undefined);
    await fixture.whenStable();
    expect(audio.srcObject).toBeNull();
  });

  it('plays on when the browser has paused it, and says when that is forbidden', async () => {
    const { fixture, host, audio } = setUp();
    const play = jest.spyOn(audio, 'play');
    host.track.set(fakeTrack());
    await fixture.whenStable();
    play.mockRejectedValueOnce(new DOMException('', 'AbortError'));
    audio.dispatchEvent(new Event('pause'));
    await fixture.whenStable();
    expect([play.mock.calls.length, host.blocked()]).toEqual([2, false]);
    play.mockRejectedValueOnce(new DOMException('', 'NotAllowedError'));
    audio.dispatchEvent(new Event('pause'));
    await fixture.whenStable();
    expect(host.blocked()).toBe(true);
  });

  it('sounds where it should, and not at all once it is gone', async () => {
    const chosen: string[] = [];
    HTMLMediaElement.prototype.setSinkId = (id) => {
      chosen.push(id);
      return Promise.resolve();
    };
    const { fixture, host, audio } = setUp();
    host.track.set(fakeTrack());
    host.speaker.set('headset');
    await fixture.whenStable();
    expect(chosen.at(-1)).toBe('headset');
    fixture.destroy();
    expect(audio.srcObject).toBeNull();
  });
});
