import type { Channel } from '../channel';
import type { SocketClientOptions } from '../options';
import { SocketClient } from '../socket-client';
import type { WebSocketLike } from '../web-socket-like';
import type { FakeUser } from './fake-connection';
import type { MemorySocket } from './memory-socket';
import { topic, type TextActions, type World } from './world';

/** One load of a page with a client in it. Once it is gone none of its timers runs and none of its sockets speaks. */
export class Page {
  readonly client: SocketClient;
  readonly channel: Channel<TextActions>;
  readonly #sockets: MemorySocket[] = [];
  #isGone = false;

  constructor(world: World, user: FakeUser, options: Partial<SocketClientOptions>) {
    const { ticket, url, webSocket } = world.server.optionsFor(user);
    this.client = new SocketClient({
      random: () => 1,
      ...options,
      url,
      ticket: async (resume) => {
        const given = await ticket(resume);
        // What a page asked for and did not live to see.
        return this.#isGone ? new Promise(() => undefined) : given;
      },
      webSocket: (address) => this.#open(webSocket(address)),
      clock: {
        now: () => world.clock.now(),
        after: (ms, run) =>
          world.clock.after(ms, () => {
            if (!this.#isGone) run();
          }),
      },
    });
    this.client.identify(user.userId);
    this.channel = this.client.channel<TextActions>(topic);
  }

  /** It is closed or reloaded: the browser says goodbye for it. */
  unload(): void {
    this.#isGone = true;
    for (const socket of this.#sockets) socket.close(1001);
  }

  /** Its process dies: the server only sees that the connection is gone. */
  crash(): void {
    this.#isGone = true;
    for (const socket of this.#sockets) socket.break();
  }

  #open(socket: MemorySocket): WebSocketLike {
    this.#sockets.push(socket);
    return socket;
  }
}
