import type { Json } from '@parley/protocol';
import type { Clock } from '../clock';
import type { MemorySocket } from './memory-socket';

/** Who a fake ticket is for. */
export interface FakeUser {
  readonly userId: string;
  readonly name: string;
}

/** One connection as the fake server sees it. */
export class FakeConnection {
  readonly topics = new Set<string>();
  readonly id: string;
  readonly user: FakeUser;
  readonly #socket: MemorySocket;
  readonly #clock: Clock;

  constructor(id: string, user: FakeUser, socket: MemorySocket, clock: Clock) {
    this.id = id;
    this.user = user;
    this.#socket = socket;
    this.#clock = clock;
  }

  /** A frame in which the server speaks to this connection alone. */
  tell(type: string, payload: Json, about: { readonly topic?: string; readonly id?: string } = {}): void {
    const timestamp = new Date(this.#clock.now()).toISOString();
    this.deliver({ type, sender: null, store: false, timestamp, payload, ...about });
  }

  deliver(frame: object): void {
    this.#socket.deliver(JSON.stringify(frame));
  }
}
