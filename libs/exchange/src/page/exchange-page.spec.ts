import { elementOf, find } from '../testing/element';
import { ben, eventually, exchangeOf, join, leaveAll, page, people, title, ann } from '../testing/exchange-page';
import { giveLayout } from '../testing/layout';

// The first page compiles every template, which takes seconds on a busy machine.
jest.setTimeout(30_000);

describe('exchange page', () => {
  beforeEach(() => {
    sessionStorage.clear();
    giveLayout();
  });
  afterEach(leaveAll);

  it.each([
    [404, 'This meeting does not exist, or you were not invited.'],
    [403, 'This meeting does not exist, or you were not invited.'],
    [401, 'You are signed out'],
  ])('answers %i with a page that says so', async (status, text) => {
    const shown = page();
    await shown.answer(status);
    await shown.shows(text);
    expect(elementOf(shown.fixture).querySelector('parley-exchange-room')).toBeNull();
  });

  it('tries again after a failure', async () => {
    const shown = page();
    await shown.answer(503);
    await shown.shows('The meeting could not be opened');
    find(shown.fixture, 'button').click();
    await shown.answer();
    await shown.shows('You’re first');
    expect(find(shown.fixture, 'h1').textContent).toBe(title);
    expect(document.title).toBe(`${title} · Parley`);
  });

  it('lets two people talk, and shows who comes, types and goes', async () => {
    const shown = page();
    await shown.answer();
    await shown.shows('You’re first');
    const other = join(shown.server);
    const heard: string[] = [];
    const observing = other.messages.subscribe(({ action, payload }) => {
      if (action === 'message' && 'text' in payload) heard.push(payload.text);
    });
    await shown.shows(`${ben.name} is here`);
    expect(people(shown)).toEqual(['Ann', ben.name]);
    other.sendMessage('typing', {}, { volatile: true });
    await shown.shows(`${ben.name} is typing…`);
    await other.storeMessage('message', { text: 'Hello, 日本語' });
    await shown.shows('Hello, 日本語');
    shown.write('Hello, café');
    await eventually(shown.fixture, () => heard.includes('Hello, café'));
    await shown.shows('Sent');
    observing.unsubscribe();
    await shown.shows(`${ben.name} left`);
    expect(people(shown)).toEqual(['Ann']);
  });

  it('[U1] lists several windows of one person once', async () => {
    const shown = page();
    await shown.answer();
    join(shown.server).messages.subscribe();
    join(shown.server).messages.subscribe();
    await shown.shows('2 windows');
    expect(people(shown)).toEqual(['Ann', ben.name]);
  });

  it('[C2] keeps what is written without a connection, and sends it once', async () => {
    const minute = { min: 60_000, max: 60_000 };
    const shown = page(undefined, { backoff: minute, random: () => 1 });
    await shown.answer();
    await shown.shows('You’re first');
    shown.server.isDown = true;
    shown.server.break();
    await shown.shows('Reconnecting');
    for (const text of ['one', 'two']) shown.write(text);
    await shown.shows('2 messages queued');
    shown.server.isDown = false;
    await eventually(
      shown.fixture,
      () => find(shown.fixture, 'parley-connection-pill').querySelector('button') !== null,
    );
    find(shown.fixture, 'parley-connection-pill button').click();
    await eventually(
      shown.fixture,
      () => elementOf(shown.fixture).querySelectorAll('.state .lucide-check').length >= 2,
    );
    const said = [...elementOf(shown.fixture).querySelectorAll('parley-message-text')];
    expect(said.map(({ textContent }) => textContent)).toEqual(['one', 'two']);
  });

  it('[S1] asks why when the socket refuses, and tells a removal from a moment’s trouble', async () => {
    const shown = page((userId) => userId !== ann.userId);
    await shown.answer();
    await eventually(shown.fixture, () => shown.server.refusals.length > 0);
    await shown.answer(404);
    await shown.shows('You were removed from this meeting');
  });

  it('reads a meeting that is over, and says why nothing can be written', async () => {
    const shown = page();
    await shown.answer(200, exchangeOf({ state: 'ended', endedAt: new Date(Date.now() - 120_000).toISOString() }));
    await shown.shows('Ended 2 min ago');
    await shown.shows('This meeting has ended. What was said stays here.');
    await shown.shows('Nothing was written here');
    expect(elementOf(shown.fixture).querySelector('textarea')).toBeNull();
  });

  it('goes to the parts of the page by keys', async () => {
    const shown = page();
    document.body.append(elementOf(shown.fixture));
    await shown.answer();
    await shown.shows('You’re first');
    const press = (init: KeyboardEventInit): boolean =>
      (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
    const focused = (): string | null | undefined => document.activeElement?.getAttribute('aria-label');
    press({ code: 'Digit2', altKey: true });
    await eventually(shown.fixture, () => focused() === 'People');
    press({ key: 'Escape' });
    await eventually(shown.fixture, () => focused() === 'Message');
    press({ key: 'F6' });
    expect(focused()).toBe('People');
    press({ key: 'F6' });
    expect(focused()).toBe('Files');
    press({ key: 'F6' });
    expect(focused()).toBe('Meeting');
    press({ key: 'F6', shiftKey: true });
    expect(focused()).toBe('Files');
  });
});
