import type { Observable } from 'rxjs';
import type { SocketClientOptions } from '../options';
import { SocketClient } from '../socket-client';
import { FakeClock } from './fake-clock';
import type { FakeUser } from './fake-connection';
import { FakeServer, type FakeServerOptions } from './fake-server';

export const ann: FakeUser = { userId: 'ann', name: 'Ann 👩‍👩‍👧' };
export const ben: FakeUser = { userId: 'ben', name: 'Ben 日本語' };
export const topic = 'exchange/text:6f1c';

/** What the specs' topics carry. */
export interface TextActions {
  message: { text: string };
  typing: null;
  signal: { sdp: string };
}

/** One fake server, any number of clients, and time that stands still. */
export class World {
  readonly clock = new FakeClock();
  readonly server: FakeServer;

  constructor(options: Omit<FakeServerOptions, 'clock'> = {}) {
    this.server = new FakeServer({ clock: this.clock, ...options });
  }

  /** Without jitter, unless told otherwise: every wait is as long as it can be. */
  client(user: FakeUser, options: Partial<SocketClientOptions> = {}): SocketClient {
    return new SocketClient({ clock: this.clock, random: () => 1, ...this.server.optionsFor(user), ...options });
  }

  /** Long enough for every frame under way and its answer. */
  async settle(): Promise<void> {
    await this.clock.advance(100);
  }
}

/** Everything that a stream emits, from now on. */
export function record<T>(source: Observable<T>): T[] {
  const values: T[] = [];
  source.subscribe((value) => values.push(value));
  return values;
}

/** The texts of messages, in order. */
export function texts(messages: readonly { readonly payload: unknown }[]): unknown[] {
  return messages.map(({ payload }) => (payload as { text?: unknown } | null)?.text);
}
