import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { elementOf } from '../../testing/element';
import { StageView } from '../stage/stage-view';
import { call, type CallUnderTest } from '../testing/call-under-test';
import { member } from '../testing/fake-session';
import { CallDock } from './call-dock';

async function show(under: CallUnderTest): Promise<ComponentFixture<CallDock>> {
  Object.assign(navigator, { mediaDevices: { getDisplayMedia: () => undefined } });
  const fixture = TestBed.createComponent(CallDock);
  fixture.componentRef.setInput('room', under.room);
  fixture.componentRef.setInput('own', under.room.own());
  fixture.componentRef.setInput('view', new StageView());
  document.body.replaceChildren(elementOf(fixture));
  await fixture.whenStable();
  return fixture;
}

function names(fixture: ComponentFixture<unknown>): (string | null)[] {
  return [...elementOf(fixture).querySelectorAll('.round')].map((each) => each.getAttribute('aria-label'));
}

async function press(fixture: ComponentFixture<unknown>, name: string): Promise<void> {
  elementOf(fixture).querySelector<HTMLButtonElement>(`[aria-label="${name}"]`)!.click();
  await fixture.whenStable();
}

function key(type: 'keydown' | 'keyup', init: KeyboardEventInit, target: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent(type, { bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

describe('call dock', () => {
  beforeEach(() => localStorage.clear());

  it('has every control, with the name of what it does now', async () => {
    const under = await call();
    const fixture = await show(under);
    expect(names(fixture)).toEqual([
      'Mute',
      'Turn camera off',
      'Share screen',
      'Raise hand',
      'React',
      'Layout',
      'Leave call',
    ]);
    for (const name of ['Mute', 'Turn camera off', 'Share screen']) await press(fixture, name);
    under.session.members.next([member('ann', { handAt: '2026-11-03T10:00:00.000Z' })]);
    await fixture.whenStable();
    expect(names(fixture).slice(0, 4)).toEqual(['Unmute', 'Turn camera on', 'Stop sharing', 'Lower hand']);
    await press(fixture, 'Lower hand');
    await press(fixture, 'Leave call');
    expect(under.session.done.slice(-2)).toEqual(['hand down', 'leave']);
  });

  it('is muted and unmuted by Ctrl and D, seen by Ctrl and E, and nothing of the browser’s own happens', async () => {
    const under = await call();
    await show(under);
    expect(key('keydown', { key: 'd', ctrlKey: true }).defaultPrevented).toBe(true);
    key('keydown', { key: 'd', ctrlKey: true, repeat: true });
    expect(key('keydown', { key: 'e', metaKey: true }).defaultPrevented).toBe(true);
    expect(under.room.own()?.own()).toEqual({ microphone: 'off', camera: 'off', screen: false });
  });

  it('lets who is muted talk as long as Space is held', async () => {
    const under = await call();
    const fixture = await show(under);
    await press(fixture, 'Mute');
    const own = under.room.own()!;
    const field = document.body.appendChild(document.createElement('textarea'));
    expect(key('keydown', { key: ' ' }, field).defaultPrevented).toBe(false);
    expect(own.talking()).toBe(false);
    expect(key('keydown', { key: ' ' }).defaultPrevented).toBe(true);
    await fixture.whenStable();
    expect([own.talking(), elementOf(fixture).textContent.includes('while you hold Space')]).toEqual([true, true]);
    key('keyup', { key: ' ' });
    expect(own.talking()).toBe(false);
    key('keydown', { key: ' ' });
    window.dispatchEvent(new Event('blur'));
    expect(own.talking()).toBe(false);
  });

  it('goes along by arrows', async () => {
    const fixture = await show(await call());
    const buttons = [...elementOf(fixture).querySelectorAll('button')];
    buttons[0]?.focus();
    key('keydown', { key: 'ArrowRight' }, buttons[0]);
    expect(document.activeElement).toBe(buttons[1]);
    key('keydown', { key: 'ArrowLeft' }, buttons[1]);
    key('keydown', { key: 'ArrowLeft' }, buttons[0]);
    expect(document.activeElement).toBe(buttons.at(-1));
  });

  it('has no camera and no screen to offer while the call is audio only', async () => {
    const under = await call();
    const fixture = await show(under);
    under.session.audioOnly.next(true);
    await fixture.whenStable();
    const disabled = [...elementOf(fixture).querySelectorAll<HTMLButtonElement>('.round:disabled')];
    expect(disabled.map((each) => each.ariaLabel ?? each.getAttribute('aria-label'))).toEqual([
      'Turn camera on',
      'Share screen',
    ]);
  });
});
