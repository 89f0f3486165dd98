import { TestBed } from '@angular/core/testing';
import { CALL_PARTS } from '../call/call-parts';
import { FakeParts, giveMedia } from '../call/testing/fake-media';
import { member } from '../call/testing/fake-session';
import { elementOf, find } from '../testing/element';
import { ann, ben, eventually, exchangeOf, leaveAll, page, type PageUnderTest } from '../testing/exchange-page';
import { giveLayout } from '../testing/layout';

// The first page compiles every template, which takes seconds on a busy machine.
jest.setTimeout(30_000);

async function open(): Promise<{ shown: PageUnderTest; parts: FakeParts }> {
  const parts = new FakeParts();
  TestBed.configureTestingModule({ providers: [{ provide: CALL_PARTS, useValue: () => Promise.resolve(parts) }] });
  const shown = page();
  document.body.replaceChildren(elementOf(shown.fixture));
  await shown.answer();
  await eventually(shown.fixture, () => parts.session.done.includes('open'));
  return { shown, parts };
}

async function press({ fixture }: PageUnderTest, name: string): Promise<void> {
  const named = (each: HTMLElement): boolean => (each.getAttribute('aria-label') ?? each.textContent.trim()) === name;
  const button = (): HTMLElement | undefined => [...elementOf(fixture).querySelectorAll('button')].find(named);
  await eventually(fixture, () => button() !== undefined);
  button()?.click();
  await fixture.whenStable();
}

async function join(shown: PageUnderTest, parts: FakeParts): Promise<void> {
  await press(shown, 'Join call');
  await press(shown, 'Join now');
  parts.session.enter(...parts.session.members.value, member(ann.userId));
  await eventually(shown.fixture, () => elementOf(shown.fixture).querySelector('parley-call-dock') !== null);
}

function key(init: KeyboardEventInit): void {
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
}

function focused(): string | null | undefined {
  return document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent.trim();
}

describe('the call of an exchange', () => {
  beforeEach(() => {
    sessionStorage.clear();
    localStorage.clear();
    giveLayout();
    giveMedia();
  });
  afterEach(leaveAll);

  it('is shown to who is not in it, without any device', async () => {
    const { shown, parts } = await open();
    await shown.shows('Nobody is in the call.');
    parts.session.members.next([member(ben.userId)]);
    await shown.shows(`${ben.name} is in the call.`);
    await shown.shows(`${ben.name} joined the call`);
    expect(parts.desks).toEqual([]);
    parts.session.members.next([]);
    await shown.shows(`${ben.name} joined and left the call`);
  });

  it('is joined through the lobby and left again, and the focus is never lost', async () => {
    const { shown, parts } = await open();
    await press(shown, 'Join call');
    await eventually(shown.fixture, () => focused() === 'Join the call');
    await press(shown, 'Join now');
    parts.session.enter(member(ann.userId), member(ben.userId));
    await eventually(shown.fixture, () => focused() === 'Call');
    const tiles = elementOf(shown.fixture).getElementsByTagName('parley-call-tile');
    await eventually(shown.fixture, () => tiles.length === 2);
    find(shown.fixture, '[aria-label="Leave call"]').focus();
    await press(shown, 'Leave call');
    await eventually(shown.fixture, () => focused() === 'Join call');
    expect(parts.desk.asked.at(-1)).toBe('close');
  });

  it('has keys to go to it and to what is beside it', async () => {
    const { shown, parts } = await open();
    await join(shown, parts);
    const room = find(shown.fixture, 'parley-exchange-room');
    key({ code: 'Digit2', altKey: true });
    await eventually(shown.fixture, () => focused() === 'People');
    expect([room.dataset.panel, room.dataset.side]).toEqual(['people', 'people']);
    key({ code: 'Digit3', altKey: true });
    await eventually(shown.fixture, () => focused() === 'Call');
    expect([room.dataset.panel, room.dataset.side]).toEqual(['call', 'people']);
    key({ code: 'Digit1', altKey: true });
    await eventually(shown.fixture, () => focused() === 'Message');
    expect([room.dataset.panel, room.dataset.side]).toEqual(['chat', 'chat']);
    key({ key: 'F6', shiftKey: true });
    key({ key: 'F6', shiftKey: true });
    expect(focused()).toBe('Call');
  });

  it('lists raised hands among the people, in their order', async () => {
    const { shown, parts } = await open();
    parts.session.members.next([
      member(ann.userId, { handAt: '2026-11-03T10:00:05.000Z' }),
      member(ben.userId, { handAt: '2026-11-03T10:00:02.000Z' }),
    ]);
    await shown.shows('Raised hands');
    const hands = elementOf(shown.fixture).querySelectorAll('[aria-label="Raised hands"] li');
    expect([...hands].map(({ textContent }) => textContent.trim())).toEqual([`1${ben.name}`, '2Ann']);
  });

  it('says to a screen reader who comes, goes, raises a hand and reacts', async () => {
    const { shown, parts } = await open();
    const news = (): string => find(shown.fixture, 'parley-call-heard').textContent;
    await join(shown, parts);
    parts.session.members.next([member(ann.userId), member(ben.userId)]);
    await eventually(shown.fixture, () => news() === `${ben.name} joined the call`);
    parts.session.members.next([member(ann.userId), member(ben.userId, { handAt: '2026-11-03T10:00:02.000Z' })]);
    await eventually(shown.fixture, () => news() === `${ben.name} raised a hand`);
    parts.session.reactions.next({ userId: ben.userId, reaction: 'clap' });
    await eventually(shown.fixture, () => news() === `${ben.name}: Applause`);
  });

  it('goes on in another window, and comes back', async () => {
    const { shown, parts } = await open();
    await join(shown, parts);
    parts.session.end('elsewhere');
    await shown.shows('You joined from another window.');
    await press(shown, 'Join here');
    await shown.shows('Join now');
  });

  it('hears of another network', async () => {
    const { shown, parts } = await open();
    await shown.shows('Nobody is in the call.');
    const told = (): number => parts.session.done.filter((each) => each === 'network changed').length;
    const before = told();
    window.dispatchEvent(new Event('online'));
    expect(told()).toBe(before + 1);
    await eventually(shown.fixture, () => find(shown.fixture, 'parley-connection-pill').className.includes('good'));
    const connected = told();
    shown.server.break();
    await eventually(shown.fixture, () => told() > connected);
  });

  it('is none in an exchange that is over', async () => {
    const shown = page();
    await shown.answer(200, exchangeOf({ state: 'ended', endedAt: new Date().toISOString() }));
    await shown.shows('This meeting has ended.');
    expect(elementOf(shown.fixture).querySelector('parley-call-banner')).toBeNull();
  });
});
