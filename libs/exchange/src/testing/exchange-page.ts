import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, type TestRequest } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { SocketClient, systemClock, type Channel } from '@parley/client';
import { FakeServer } from '@parley/client/testing';
import { participantColour, type Exchange } from '@parley/protocol';
import { provideParleySocket, type ParleySocketOptions } from '@parley/web-socket';
import { ExchangePage } from '../page/exchange-page';
import type { TextPayloads } from '../text/text-topic';
import { elementOf, find } from './element';

export const id = '6f1c1d3e-0000-4000-8000-000000000001';
export const ann = { userId: 'a0000000-0000-4000-8000-000000000001', name: 'Ann' };
export const ben = { userId: 'b0000000-0000-4000-8000-000000000002', name: 'café 👩‍👩‍👧 日本語' };
export const topic = `exchange/text:${id}`;
export const title = 'Planning, café 👩‍👩‍👧 日本語';

/** The exchange of Ann, who hosts it, and Ben. */
export function exchangeOf(more: Partial<Exchange> = {}): Exchange {
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

/** The page in a test: its server is the test, over HTTP, and a fake one over the socket. */
export interface PageUnderTest {
  readonly fixture: ComponentFixture<ExchangePage>;
  readonly http: HttpTestingController;
  readonly server: FakeServer;
  /** Answers what the page asks, or the next time it does. */
  answer(status?: number, exchange?: Exchange): Promise<void>;
  shows(text: string): Promise<void>;
  /** Writes into the field, and sends it with Enter. */
  write(text: string, send?: boolean): void;
}

const clients: SocketClient[] = [];

/** Ann’s page. */
export function page(
  allows?: (userId: string) => boolean,
  // A lost connection is tried again at once, unless the test says otherwise.
  options: ParleySocketOptions = { random: () => 0 },
): PageUnderTest {
  const server = new FakeServer({ clock: systemClock, latency: 0, allows: ({ userId }) => allows?.(userId) ?? true });
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(),
      provideHttpClientTesting(),
      provideRouter([]),
      provideParleySocket({ ...server.optionsFor(ann), ...options }),
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
      const address = `/api/exchanges/${id}`;
      const asked: TestRequest[] = [];
      await eventually(fixture, () => asked.push(...http.match(address)) > 0);
      for (const request of http.match('/api/session')) if (!request.cancelled) request.flush({ user });
      for (const request of asked) {
        if (request.cancelled) continue;
        if (status === 200) request.flush(exchange);
        else request.flush({}, { status, statusText: 'No' });
      }
      await fixture.whenStable();
    },
    write: (text, send = true) => {
      const field = find(fixture, 'textarea') as HTMLTextAreaElement;
      field.value = text;
      field.dispatchEvent(new Event('input'));
      if (send) field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', cancelable: true }));
    },
    shows: (text) => eventually(fixture, () => elementOf(fixture).textContent.includes(text)),
  };
}

/** Waits for the thing itself; Jest's own time limit ends a wait that is in vain. */
export async function eventually(fixture: ComponentFixture<unknown>, isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  }
}

/** Someone else in the meeting, until {@link leaveAll}. */
export function join(server: FakeServer, user = ben): Channel<TextPayloads> {
  const client = new SocketClient({ clock: systemClock, ...server.optionsFor(user) });
  clients.push(client);
  client.connect();
  return client.channel<TextPayloads>(topic);
}

/** The names of those who are listed as here. */
export function people({ fixture }: PageUnderTest): string[] {
  const names = elementOf(fixture).querySelectorAll('parley-people-panel li:not(.absent) .name');
  return [...names].map(({ textContent }) => textContent);
}

export function leaveAll(): void {
  for (const client of clients.splice(0)) client.disconnect();
}
