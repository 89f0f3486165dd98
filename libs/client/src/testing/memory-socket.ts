import type { Clock } from '../clock';
import type { WebSocketLike } from '../web-socket-like';

/** What the far end of a {@link MemorySocket} does. */
export interface FarEnd {
  receive(text: string): void;
  closed(code: number): void;
}

type Listener = (event: { readonly data: unknown; readonly code: number }) => void;

/** A WebSocket without a network: what is sent arrives `latency` milliseconds later, in order, or never once it broke. */
export class MemorySocket implements WebSocketLike {
  readonly #listeners = new Map<string, Listener[]>();
  readonly #clock: Clock;
  #latency: number;
  /** When the last of what was sent arrives, either way: nothing overtakes it. */
  #arrivesAt = 0;
  readonly #far: FarEnd;
  #over = false;
  #silent = false;

  constructor(clock: Clock, latency: number, far: FarEnd) {
    this.#clock = clock;
    this.#latency = latency;
    this.#far = far;
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  /** From now on everything takes so many milliseconds, and still nothing overtakes anything. */
  slow(latency: number): void {
    this.#latency = latency;
  }

  send(text: string): void {
    this.#carry(() => this.#far.receive(text));
  }

  close(code = 1005): void {
    if (this.#over) return;
    this.#over = true;
    if (!this.#silent) this.#clock.after(this.#latency, () => this.#far.closed(code));
  }

  /** The far end took the connection. */
  open(): void {
    this.#carry(() => this.#emit('open'));
  }

  /** The far end sends. */
  deliver(data: unknown): void {
    this.#carry(() => this.#emit('message', { data }));
  }

  /** The far end says goodbye, after what it has sent. */
  end(code: number): void {
    this.#carry(() => {
      this.#far.closed(code);
      this.#closeHere(code);
    });
  }

  /** The network breaks: what is under way in either direction is lost, and the near end is told. */
  break(): void {
    if (this.#over) return;
    this.#far.closed(1006);
    this.#closeHere(1006);
  }

  /** The network swallows everything from now on, and tells nobody. */
  silence(): void {
    this.#silent = true;
  }

  #carry(arrive: () => void): void {
    if (this.#over || this.#silent) return;
    const now = this.#clock.now();
    this.#arrivesAt = Math.max(this.#arrivesAt, now + this.#latency);
    this.#clock.after(this.#arrivesAt - now, () => {
      if (!this.#over && !this.#silent) arrive();
    });
  }

  #closeHere(code: number): void {
    this.#over = true;
    this.#emit('close', { code });
  }

  #emit(type: string, { data = null, code = 0 }: { data?: unknown; code?: number } = {}): void {
    for (const listener of this.#listeners.get(type) ?? []) listener({ data, code });
  }
}
