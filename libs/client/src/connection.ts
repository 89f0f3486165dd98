import { CloseCode, type ServerFrame, type Ticket } from '@parley/protocol';
import { BehaviorSubject, type Subscription } from 'rxjs';
import { asError } from './as-error';
import { backoffDelay, restartDelay } from './backoff';
import { DisconnectedError, SignedOutError } from './errors';
import { Link } from './link';
import type { Settings } from './settings';
import { numberField } from './read-frame';
import type { ConnectionState, ConnectionStatus } from './status';

/** A connection that ended sooner than this many milliseconds after it opened counts as a failed attempt. */
const STEADY_MS = 10_000;

/** Longest wait, in milliseconds, that a server going down may ask for (L4). */
const MAX_DRAIN_MS = 60_000;

export interface ConnectionEvents {
  opened(): void;
  frame(frame: ServerFrame): void;
  /** There is no socket for now; another will come. */
  lost(closeCode: number | undefined): void;
  /** There will be no other socket until someone connects again. */
  stopped(reason: SignedOutError | DisconnectedError): void;
  /** Something failed that will be tried again. */
  failed(error: Error): void;
}

/** Keeps one socket open: a ticket and a socket for every attempt, and a wait in between that grows (C2). */
export class Connection {
  readonly status = new BehaviorSubject<Omit<ConnectionStatus, 'queued'>>({ state: 'offline', attempt: 0 });
  readonly connectionId = new BehaviorSubject<string | undefined>(undefined);
  readonly #settings: Settings;
  readonly #events: ConnectionEvents;
  #link: Link | undefined;
  /** Each attempt has its own, so that what an abandoned one still brings is recognised. */
  #attempt = Symbol();
  #failures = 0;
  #openedAt = 0;
  #resume: string | undefined;
  #drain: number | undefined;
  #closeCode: number | undefined;
  #cancelTimer: () => void = () => undefined;
  #wakes: Subscription | undefined;

  constructor(settings: Settings, events: ConnectionEvents) {
    this.#settings = settings;
    this.#events = events;
  }

  get isOpen(): boolean {
    return this.status.value.state === 'connected';
  }

  send(text: string): void {
    if (this.isOpen) this.#link?.send(text);
  }

  /** Starts, unless it is under way already. */
  connect(): void {
    const { state } = this.status.value;
    if (state === 'connecting' || state === 'connected' || state === 'waiting') return;
    this.#failures = 0;
    this.#closeCode = undefined;
    this.#wakes = this.#settings.wake.subscribe(() => {
      this.#link?.endIfSilent();
      this.retryNow();
    });
    this.#try();
  }

  retryNow(): void {
    if (this.status.value.state === 'waiting') this.#try();
  }

  disconnect(): void {
    this.#stop('offline', new DisconnectedError());
  }

  #try(): void {
    const attempt = (this.#attempt = Symbol());
    this.#cancelTimer();
    this.#cancelTimer = this.#settings.clock.after(this.#settings.connectTimeout, () => {
      this.#retryLater(new Error('The server did not answer in time.'));
    });
    this.#set('connecting', this.#failures + 1);
    this.#open(attempt).catch((error: unknown) => {
      if (attempt !== this.#attempt) return;
      if (error instanceof SignedOutError) this.#stop('signed-out', error);
      else this.#retryLater(asError(error));
    });
  }

  async #open(attempt: symbol): Promise<void> {
    const { ticket: fetchTicket, url, webSocket, clock, silence } = this.#settings;
    const ticket = await fetchTicket(this.#resume);
    // Abandoned meanwhile: the ticket runs out unused (T2).
    if (attempt !== this.#attempt) return;
    const address = new URL(typeof url === 'string' ? url : url());
    address.searchParams.set('ticket', ticket.ticket);
    this.#link = new Link(webSocket(address.href), clock, silence, {
      opened: () => this.#opened(ticket),
      frame: (frame) => this.#frame(frame),
      ended: (code) => this.#ended(code),
    });
  }

  #opened({ connectionId }: Ticket): void {
    this.#cancelTimer();
    this.#openedAt = this.#settings.clock.now();
    this.#resume = connectionId;
    this.#drain = undefined;
    this.#closeCode = undefined;
    this.connectionId.next(connectionId);
    this.#set('connected', 0);
    // An observer of the status may have disconnected just now.
    if (this.isOpen) this.#events.opened();
  }

  #frame(frame: ServerFrame): void {
    if (frame.type === 'drain') this.#drain = numberField(frame.payload, 'reconnectIn');
    this.#events.frame(frame);
  }

  #ended(code: number | undefined): void {
    this.#link = undefined;
    this.#closeCode = code;
    if (code === CloseCode.sessionEnded) this.#stop('signed-out', new SignedOutError());
    else if (code === CloseCode.replaced) this.#stop('closed', new DisconnectedError());
    else this.#retryLater(undefined);
  }

  #retryLater(error: Error | undefined): void {
    const { backoff, clock, random } = this.#settings;
    const wasOpen = this.isOpen;
    this.#abandon();
    if (wasOpen && clock.now() - this.#openedAt >= STEADY_MS) this.#failures = 0;
    this.#failures += 1;
    const isRestart = wasOpen && this.#closeCode === CloseCode.restarting;
    const wait = isRestart ? restartDelay : backoffDelay;
    const delay =
      this.#drain === undefined ? wait(this.#failures, backoff, random()) : Math.min(this.#drain, MAX_DRAIN_MS);
    this.#drain = undefined;
    this.#cancelTimer = clock.after(delay, () => this.#try());
    this.connectionId.next(undefined);
    this.#set('waiting', this.#failures, new Date(clock.now() + delay));
    if (wasOpen) this.#events.lost(this.#closeCode);
    if (error !== undefined) this.#events.failed(error);
  }

  #stop(state: 'offline' | 'signed-out' | 'closed', reason: SignedOutError | DisconnectedError): void {
    this.#abandon();
    this.#wakes?.unsubscribe();
    this.#wakes = undefined;
    // Whoever connects next may be someone else.
    this.#resume = undefined;
    this.connectionId.next(undefined);
    this.#set(state, 0);
    this.#events.stopped(reason);
  }

  #abandon(): void {
    this.#attempt = Symbol();
    this.#cancelTimer();
    this.#link?.close();
    this.#link = undefined;
  }

  #set(state: ConnectionState, attempt: number, retryAt?: Date): void {
    this.status.next({
      state,
      attempt,
      ...(retryAt === undefined ? {} : { retryAt }),
      ...(this.#closeCode === undefined ? {} : { closeCode: this.#closeCode }),
    });
  }
}
