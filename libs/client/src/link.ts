import { CloseCode, type ServerFrame } from '@parley/protocol';
import type { Clock } from './clock';
import { readFrame } from './read-frame';
import type { WebSocketLike } from './web-socket-like';

export interface LinkEvents {
  opened(): void;
  frame(frame: ServerFrame): void;
  /** Once, unless {@link Link.close} came first. The code is undefined when the link gave up itself. */
  ended(closeCode: number | undefined): void;
}

/** Milliseconds in which a server that is asked for a sign of life gives one. */
const PROBE_MS = 5_000;

/** One socket, from its opening to its end. Answers the server's `ping`; ends when it hears nothing for too long (L3). */
export class Link {
  readonly #socket: WebSocketLike;
  readonly #clock: Clock;
  readonly #silence: number;
  readonly #events: LinkEvents;
  #heardAt: number;
  #over = false;
  #cancelCheck: () => void;
  #cancelProbe: () => void = () => undefined;

  /** @param silence milliseconds */
  constructor(socket: WebSocketLike, clock: Clock, silence: number, events: LinkEvents) {
    this.#socket = socket;
    this.#clock = clock;
    this.#silence = silence;
    this.#events = events;
    this.#heardAt = clock.now();
    this.#cancelCheck = clock.after(silence, () => this.endIfSilent());
    socket.addEventListener('open', () => {
      if (!this.#over) events.opened();
    });
    socket.addEventListener('message', ({ data }) => this.#receive(data));
    socket.addEventListener('close', ({ code }) => this.#end(code));
    // What follows an error is always a close, and that carries all there is to know.
    socket.addEventListener('error', () => undefined);
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Says goodbye; no event follows. */
  close(): void {
    this.#detach();
    this.#socket.close(CloseCode.normal);
  }

  /**
   * The network may be another one now, and the socket dead without knowing: asks for a sign of life, and ends when none
   * comes. Call it while the socket is open.
   */
  probe(): void {
    this.endIfSilent();
    if (this.#over) return;
    const askedAt = this.#clock.now();
    this.#cancelProbe();
    this.#cancelProbe = this.#clock.after(PROBE_MS, () => {
      if (this.#heardAt < askedAt) this.#giveUp();
    });
    this.send('{"action":"ping"}');
  }

  /** Timers stand still while a computer sleeps, so whoever wakes it up asks here. */
  endIfSilent(): void {
    if (this.#over) return;
    const left = this.#heardAt + this.#silence - this.#clock.now();
    this.#cancelCheck();
    if (left > 0) {
      this.#cancelCheck = this.#clock.after(left, () => this.endIfSilent());
      return;
    }
    this.#giveUp();
  }

  #giveUp(): void {
    this.#end(undefined);
    this.#socket.close();
  }

  #receive(data: unknown): void {
    if (this.#over) return;
    this.#heardAt = this.#clock.now();
    const frame = readFrame(data);
    // What is no frame is of no use, and a server that sends such things is heard all the same.
    if (frame === undefined) return;
    if (frame.type === 'ping') this.send('{"action":"pong"}');
    else this.#events.frame(frame);
  }

  #end(closeCode: number | undefined): void {
    if (this.#over) return;
    this.#detach();
    this.#events.ended(closeCode);
  }

  #detach(): void {
    this.#over = true;
    this.#cancelCheck();
    this.#cancelProbe();
  }
}
