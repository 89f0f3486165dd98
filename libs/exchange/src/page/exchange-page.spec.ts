import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { SocketClient, systemClock, type Channel } from '@parley/client';
import { FakeServer } from '@parley/client/testing';
import { participantColour, type Exchange } from '@parley/protocol';
import { provideParleySocket } from '@parley/web-socket';
import { elementOf, find } from '../testing/element';
import { giveLayout } from '../testing/layout';
import type { TextPayloads } from '../text/text-topic';
import { ExchangePage } from './exchange-page';

const id = '6f1c1d3e-0000-4000-8000-000000000001';
const ann = { userId: 'a0000000-0000-4000-8000-000000000001', name: 'Ann' };
const ben = { userId: 'b0000000-0000-4000-8000-000000000002', name: 'café 👩‍👩‍👧 日本語' };
const topic = `exchange/text:${id}`;
const title = 'Planning, café 👩‍👩‍👧 日本語';

function exchangeOf(more: Partial<Exchange> = {}): Exchange {
  const people = [ann, ben].map(({ userId, name }) => ({ userId, name, host: userId === ann.userId }));
  const startsAt = new Date(Date.now() - 60_000).toISOString();
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  return {
    id,
    booking: { id, title, startsAt, endsAt, timeZone: 'Europe/Madrid', cancelled: false, participants: people },
    people: people.map((person) => ({ ...person, colour: participantColour(person.userId), former: false })),
    state: 'open',
    openedAt: startsAt,
    endedAt: null,
    topics: { text: topic, call: `exchange/call:${id}`, whiteboard: `exchange/whiteboard:${id}` },
    ...more,
  };
}

interface Page {
  readonly fixture: ComponentFixture<ExchangePage>;
  readonly http: HttpTestingController;
  readonly server: FakeServer;
  answer(status?: number, exchange?: Exchange): Promise<void>;
  shows(text: string): Promise<void>;
}

const clients: SocketClient[] = [];

function page(allows?: (userId: string) => boolean): Page {
  const server = new FakeServer({ clock: systemClock, latency: 0, allows: ({ userId }) => allows?.(userId) ?? true });
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
      provideParleySocket(server.optionsFor(ann)),
    ],
  });
  const http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(ExchangePage);
  fixture.componentRef.setInput('id', id);
  fixture.detectChanges();
  return {
    fixture,
    http,
    server,
    answer: async (status = 200, exchange = exchangeOf()) => {
      const user = { id: ann.userId, email: 'ann@example.org', name: ann.name };
      http.match('/api/session').forEach((request) => {
        if (!request.cancelled) request.flush({ user });
      });
      const asked = http.expectOne(`/api/exchanges/${id}`);
      if (status === 200) asked.flush(exchange);
      else asked.flush({}, { status, statusText: 'No' });
      await fixture.whenStable();
    },
    shows: (text) => eventually(fixture, () => elementOf(fixture).textContent.includes(text)),
  };
}

/** Waits for the thing itself; Jest's own time limit ends a wait that is in vain. */
async function eventually(fixture: ComponentFixture<unknown>, isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  }
}

function join(server: FakeServer, user = ben): Channel<TextPayloads> {
  const client = new SocketClient({ clock: systemClock, ...server.optionsFor(user) });
  clients.push(client);
  client.connect();
  return client.channel<TextPayloads>(topic);
}

function people({ fixture }: Page): string[] {
  const names = elementOf(fixture).querySelectorAll('parley-people-panel li:not(.absent) .name');
  return [...names].map(({ textContent }) => textContent);
}

describe('exchange page', () => {
  beforeEach(() => {
    sessionStorage.clear();
    giveLayout();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.disconnect();
  });

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
    const field = find(shown.fixture, 'textarea') as HTMLTextAreaElement;
    field.value = 'Hello, café';
    field.dispatchEvent(new Event('input'));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
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
    const shown = page();
    await shown.answer();
    await shown.shows('You’re first');
    shown.server.isDown = true;
    shown.server.break();
    await shown.shows('Reconnecting');
    const field = find(shown.fixture, 'textarea') as HTMLTextAreaElement;
    for (const text of ['one', 'two']) {
      field.value = text;
      field.dispatchEvent(new Event('input'));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    }
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

  it('[S6] says that one was removed', async () => {
    const shown = page();
    await shown.answer();
    await shown.shows('You’re first');
    shown.server.revoke(ann.userId, topic);
    await shown.shows('You were removed from this meeting');
    expect(elementOf(shown.fixture).querySelector('parley-exchange-room')).toBeNull();
  });

  it('[S1] asks why when the socket refuses, and tells a removal from a moment’s trouble', async () => {
    const shown = page((userId) => userId !== ann.userId);
    await shown.answer();
    await eventually(shown.fixture, () => shown.server.refusals.length > 0);
    await shown.fixture.whenStable();
    await eventually(shown.fixture, () => {
      shown.http
        .match('/api/session')
        .forEach((request) => request.flush({ user: { ...ann, id: ann.userId, email: 'x' } }));
      const [asked] = shown.http.match(`/api/exchanges/${id}`);
      asked?.flush({}, { status: 404, statusText: 'No' });
      return asked !== undefined;
    });
    await shown.shows('You were removed from this meeting');
  });

  it('reads a meeting that is over, and says why nothing can be written', async () => {
    const shown = page();
    await shown.answer(200, exchangeOf({ state: 'ended', endedAt: new Date(Date.now() - 120_000).toISOString() }));
    await shown.shows('Ended 2 min ago');
    await shown.shows('This meeting has ended. What was said stays here.');
    await shown.shows('Nothing was said here');
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
    expect(focused()).toBe('Meeting');
    press({ key: 'F6', shiftKey: true });
    expect(focused()).toBe('People');
  });
});
