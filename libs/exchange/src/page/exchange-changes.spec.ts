import { elementOf, find } from '../testing/element';
import { ann, ben, eventually, exchangeOf, id, join, leaveAll, page, people, topic } from '../testing/exchange-page';
import type { PageUnderTest } from '../testing/exchange-page';
import { giveLayout } from '../testing/layout';

// The first page compiles every template, which takes seconds on a busy machine.
jest.setTimeout(30_000);

const ended = (): ReturnType<typeof exchangeOf> => exchangeOf({ state: 'ended', endedAt: new Date().toISOString() });

function cancelled(): ReturnType<typeof exchangeOf> {
  const { booking } = exchangeOf();
  return exchangeOf({ booking: { ...booking, cancelled: true } });
}

/** Ann’s page in Ben’s meeting. */
function asGuest(): ReturnType<typeof exchangeOf> {
  const { people: all } = exchangeOf();
  return exchangeOf({ people: all.map((person) => ({ ...person, host: person.userId === ben.userId })) });
}

function allow({ server }: PageUnderTest, may: boolean): void {
  for (const connection of server.connections) connection.tell('allowance', { publish: may, store: may }, { topic });
}

function hasField({ fixture }: PageUnderTest): boolean {
  return elementOf(fixture).querySelector('parley-composer textarea:not([readonly])') !== null;
}

function button({ fixture }: PageUnderTest, name: string): HTMLButtonElement | undefined {
  return [...elementOf(fixture).querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent).trim() === name,
  );
}

async function press(shown: PageUnderTest, name: string): Promise<void> {
  await eventually(shown.fixture, () => button(shown, name) !== undefined);
  button(shown, name)?.click();
}

describe('exchange page, when things change', () => {
  beforeEach(() => {
    sessionStorage.clear();
    giveLayout();
  });
  afterEach(leaveAll);

  it('[S6] says that one was removed, and keeps what one had not sent', async () => {
    const shown = page();
    await shown.answer(200, asGuest());
    await shown.shows('You’re first');
    shown.server.isDown = true;
    shown.server.break();
    await shown.shows('Reconnecting');
    shown.write('waits, café 👩‍👩‍👧');
    shown.write('half a 日本語', false);
    await shown.shows('1 message queued');
    await shown.fixture.whenStable();
    shown.server.isDown = false;
    shown.server.failNext('subscribe', 'forbidden');
    await shown.answer(404);
    await shown.shows('You were removed from this meeting');
    await shown.shows('This was not sent:');
    const unsent = find(shown.fixture, 'parley-unsent-text textarea') as HTMLTextAreaElement;
    expect(unsent.value).toBe('waits, café 👩‍👩‍👧\n\nhalf a 日本語');
    expect(elementOf(shown.fixture).querySelector('parley-exchange-room')).toBeNull();
    expect(shown.server.topic(topic).stored).toEqual([]);
  });

  it('[W7] asks for the files again after a break: what was said of them meanwhile may never come', async () => {
    const shown = page();
    await shown.answer();
    await press(shown, 'Files');
    let asked = 0;
    const answerFiles = async (): Promise<void> => {
      const before = asked;
      await eventually(shown.fixture, () => {
        for (const request of shown.http.match(`/api/exchanges/${id}/files`)) {
          asked += 1;
          request.flush({ files: [] });
        }
        return asked > before;
      });
    };
    await answerFiles();
    await eventually(shown.fixture, () => shown.server.topic(`exchange/whiteboard:${id}`).members.size > 0);
    shown.server.break();
    await answerFiles();
    expect(asked).toBeGreaterThan(1);
  });

  it('[S6] shows out whoever is revoked, also when the server cannot say why', async () => {
    const shown = page();
    await shown.answer();
    await shown.shows('You’re first');
    shown.server.revoke(ann.userId, topic);
    await shown.answer(503);
    await shown.shows('You are no longer in this meeting');
  });

  it('[S6] tells a cancelled meeting from a removal, and leaves what was said', async () => {
    const shown = page();
    await shown.answer(200, asGuest());
    await shown.shows('You’re first');
    shown.write('Hello, 日本語');
    await shown.shows('Sent');
    shown.server.revoke(ann.userId, topic);
    await shown.answer(200, cancelled());
    await shown.shows('This meeting was cancelled. Nothing more can be written here.');
    await shown.shows('Hello, 日本語');
    expect(hasField(shown)).toBe(false);
  });

  it('[S6] has one sentence for a meeting that was cancelled before', async () => {
    const shown = page();
    await shown.answer(200, cancelled());
    await shown.shows('It does not take place.');
    expect(elementOf(shown.fixture).querySelector('parley-exchange-room')).toBeNull();
    expect(shown.server.connections).toEqual([]);
  });

  it('[S6] [A3] becomes read-only when the meeting ends, and keeps what was being written', async () => {
    const shown = page();
    await shown.answer(200, asGuest());
    await shown.shows('You’re first');
    shown.write('half a sentence', false);
    allow(shown, false);
    await shown.shows('Nothing can be written here at the moment.');
    expect(hasField(shown)).toBe(false);
    await shown.answer(200, ended());
    await shown.shows('This meeting has ended. What was said stays here.');
    await shown.shows('Ended just now');
    const unsent = find(shown.fixture, 'parley-unsent-text textarea') as HTMLTextAreaElement;
    expect(unsent.value).toBe('half a sentence');
    expect(button(shown, 'End meeting')).toBeUndefined();
  });

  it('[S6] can be written in again when the right comes back', async () => {
    const shown = page();
    await shown.answer();
    await shown.shows('You’re first');
    allow(shown, false);
    await shown.shows('Nothing can be written here at the moment.');
    await shown.answer(503);
    allow(shown, true);
    await eventually(shown.fixture, () => hasField(shown));
  });

  it('[A3] lets the host end the meeting, once asked, and says why it could not', async () => {
    const shown = page();
    await shown.answer();
    await shown.shows('You’re first');
    await press(shown, 'End meeting');
    await shown.shows('Everyone can go on reading');
    expect(shown.http.match(`/api/exchanges/${id}/end`)).toEqual([]);
    const dialog = find(shown.fixture, 'dialog[role=alertdialog]') as HTMLDialogElement;
    await eventually(shown.fixture, () => dialog.open);
    const yes = (): void => dialog.querySelector<HTMLButtonElement>('.yes')?.click();
    yes();
    shown.http.expectOne(`/api/exchanges/${id}/end`).flush({}, { status: 503, statusText: 'No' });
    await shown.shows('nothing was changed');
    yes();
    const asked = shown.http.expectOne(`/api/exchanges/${id}/end`);
    expect(asked.request.method).toBe('POST');
    asked.flush(ended());
    await shown.shows('This meeting has ended.');
    expect(dialog.open).toBe(false);
    expect(elementOf(shown.fixture).querySelector('parley-top-bar .end')).toBeNull();
  });

  it('shows the host’s tools to the host only', async () => {
    const shown = page();
    await shown.answer(200, asGuest());
    await shown.shows('You’re first');
    for (const name of ['End meeting', 'Invite', `Remove ${ben.name}`, 'Remove Ann'])
      expect(button(shown, name)).toBeUndefined();
  });

  it('[A2] lets the host remove someone, and lists them no longer', async () => {
    const shown = page();
    await shown.answer();
    const other = join(shown.server);
    const observing = other.messages.subscribe();
    await shown.shows(`${ben.name} is here`);
    expect(button(shown, 'Remove Ann')).toBeUndefined();
    await press(shown, `Remove ${ben.name}`);
    await shown.shows('They leave the meeting at once');
    find(shown.fixture, 'dialog .yes').click();
    const asked = shown.http.expectOne(`/api/bookings/${id}/participants/${ben.userId}`);
    expect(asked.request.method).toBe('DELETE');
    asked.flush(null, { status: 204, statusText: 'No Content' });
    observing.unsubscribe();
    const { people: all } = exchangeOf();
    await shown.answer(
      200,
      exchangeOf({ people: all.map((each) => ({ ...each, former: each.userId === ben.userId })) }),
    );
    await eventually(shown.fixture, () => people(shown).length === 1);
    await eventually(shown.fixture, () => !find(shown.fixture, 'parley-people-panel').textContent.includes(ben.name));
  });

  it('[A2] lets the host invite by e-mail, and says what is wrong with an address', async () => {
    const shown = page();
    await shown.answer();
    await shown.shows('You’re first');
    const field = find(shown.fixture, 'parley-invite-form input') as HTMLInputElement;
    field.value = 'cleo';
    await press(shown, 'Invite');
    await shown.shows('Enter an e-mail address, like ben@example.org.');
    field.value = ' cleo@example.org ';
    await press(shown, 'Invite');
    const asked = shown.http.expectOne(`/api/bookings/${id}/participants`);
    expect(asked.request.body).toEqual({ email: 'cleo@example.org' });
    asked.flush({});
    await shown.answer();
    await shown.shows('cleo@example.org is invited.');
    expect(field.value).toBe('');
  });

  it('[U3] claims nobody to be here while there is no connection', async () => {
    const shown = page();
    await shown.answer();
    join(shown.server).messages.subscribe();
    await shown.shows(`${ben.name} is here`);
    shown.server.isDown = true;
    shown.server.break(ann.userId);
    await shown.shows('Here before');
    expect(people(shown)).toEqual([]);
    expect(find(shown.fixture, '.chat').textContent).not.toContain('is here');
    shown.server.isDown = false;
    await shown.answer();
    await shown.shows('Here now');
    expect(people(shown)).toEqual(['Ann', ben.name]);
  });
});
