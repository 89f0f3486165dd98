import { type ComponentFixture, TestBed } from '@angular/core/testing';
import type { RelayCheck } from '@parley/call';
import { elementOf, find } from '../../testing/element';
import { person, lobby, type CallUnderTest } from '../testing/call-under-test';
import { giveMedia } from '../testing/fake-media';
import { member } from '../testing/fake-session';
import { Lobby } from './lobby';

async function show(under: CallUnderTest): Promise<ComponentFixture<Lobby>> {
  const fixture = TestBed.createComponent(Lobby);
  fixture.componentRef.setInput('room', under.room);
  fixture.componentRef.setInput('own', under.room.own());
  fixture.componentRef.setInput('person', person);
  fixture.componentRef.setInput('check', () =>
    under.parts.checkRelay({ iceServers: [], lifetimeSeconds: null, relay: true }),
  );
  document.body.replaceChildren(elementOf(fixture));
  await fixture.whenStable();
  return fixture;
}

function button(fixture: ComponentFixture<unknown>, name: string): HTMLButtonElement {
  const all = [...elementOf(fixture).querySelectorAll('button')];
  const found = all.find((each) => (each.getAttribute('aria-label') ?? each.textContent.trim()) === name);
  if (found === undefined) throw new Error(`No button ${name}`);
  return found;
}

describe('lobby', () => {
  beforeEach(() => {
    localStorage.clear();
    giveMedia();
  });

  it('shows oneself and who is there, and joins', async () => {
    const under = await lobby();
    under.session.members.next([member('ben'), member('cleo')]);
    const fixture = await show(under);
    expect(elementOf(fixture).textContent).toContain('Ben café 👩‍👩‍👧 日本語 and Cleo are in the call.');
    expect(elementOf(fixture).querySelector('video')).not.toBeNull();
    expect(document.activeElement).toBe(elementOf(fixture));
    under.parts.level.next(0.5);
    await fixture.whenStable();
    expect(find(fixture, '[role=meter]').getAttribute('aria-valuenow')).toBe('50');
    button(fixture, 'Join now').click();
    expect(under.session.told.at(-1)?.own).toEqual({ microphone: 'on', camera: 'on', screen: false });
  });

  it('joins muted and without a camera', async () => {
    const under = await lobby();
    const fixture = await show(under);
    for (const name of ['Microphone', 'Camera']) button(fixture, name).click();
    await fixture.whenStable();
    expect(['Microphone', 'Camera'].map((name) => button(fixture, name).ariaPressed)).toEqual(['false', 'false']);
    expect(elementOf(fixture).textContent).toContain('Your camera is off');
    button(fixture, 'Join now').click();
    expect(under.session.told.at(-1)).toEqual({ own: { microphone: 'off', camera: 'off', screen: false }, tracks: {} });
  });

  it('says what is denied, and goes on by itself when it is allowed', async () => {
    const under = await lobby({ microphone: 'denied', camera: 'denied' });
    const fixture = await show(under);
    expect(elementOf(fixture).textContent).toContain(
      'does not let Parley use the microphone, so the others cannot hear',
    );
    button(fixture, 'Retry the camera').click();
    expect(under.parts.desk.asked.at(-1)).toBe('start camera');
    Object.assign(under.parts.answers, { microphone: 'on', camera: 'on' });
    under.parts.desk.become('microphone', 'idle');
    under.parts.desk.become('camera', 'idle');
    await fixture.whenStable();
    expect(elementOf(fixture).textContent).not.toContain('does not let Parley');
    expect(button(fixture, 'Microphone').ariaPressed).toBe('true');
  });

  it('lets one in without any device', async () => {
    const under = await lobby({ microphone: 'missing', camera: 'missing' });
    const fixture = await show(under);
    expect(elementOf(fixture).textContent).toContain('No camera? Fine.');
    button(fixture, 'Join now').click();
    expect(under.session.told.at(-1)?.own).toEqual({ microphone: 'none', camera: 'none', screen: false });
  });

  it('switches devices', async () => {
    const under = await lobby();
    const fixture = await show(under);
    under.parts.desk.become('microphone', 'on', { choices: [{ id: 'headset', label: 'Headset 日本語' }] });
    await fixture.whenStable();
    const [microphone] = elementOf(fixture).querySelectorAll('select');
    expect(microphone?.labels[0]?.textContent).toContain('Microphone');
    microphone!.value = 'headset';
    microphone!.dispatchEvent(new Event('change'));
    expect(under.parts.desk.asked.at(-1)).toBe('choose microphone headset');
  });

  it.each<[RelayCheck['verdict'], boolean, RegExp]>([
    ['good', false, /^The connection is fine/],
    ['tcp-only', false, /sound may lag/],
    ['refused', false, /^The relay refused us\. Calls may still/],
    ['refused', true, /nobody can be reached/],
    ['unreachable', false, /^The relay does not answer/],
    ['not-configured', false, /calls connect directly/],
    ['not-configured', true, /nobody can be reached/],
  ])('says in plain words that the relay is %s (always: %s)', async (verdict, always, words) => {
    const under = await lobby();
    under.parts.verdict = verdict;
    const fixture = await show(under);
    const box = find(fixture, 'input[type=checkbox]') as HTMLInputElement;
    if (always) box.click();
    await fixture.whenStable();
    expect(find(fixture, '[aria-label="Connection check"]').textContent).toMatch(words);
    expect(under.room.relayOnly()).toBe(always);
  });
});
