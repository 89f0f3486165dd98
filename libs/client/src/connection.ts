import { CloseCode, type ServerFrame, type Ticket } from '@parley/protocol';
import { BehaviorSubject, type Subscription } from 'rxjs';
import { asError } from './as-error';
import { backoffDelay, restartDelay } from './backoff';
import { DisconnectedError, SignedOutError, UnavailableError } from './errors';
import { Link } from './link';
import type { Settings } from './settings';
import { numberField } from './read-frame';
import type { ConnectionState, ConnectionStatus } from './status';

/** A connection that ended sooner than this many milliseconds after it opened counts as a failed attempt. */
const STEADY_MS = 10_000;

/** Longest wait, in milliseconds, that a server may ask for (L4, `Retry-After`). */
const MAX_WAIT_MS = 60_000;

/** So often within `REPLACED_MS` milliseconds another socket may take this one's connection over before it stops. */
const REPLACED = 3;
const REPLACED_MS = 60_000;

/** An attempt older than this many milliseconds began on another network, when the network comes back: another is better. */
const STALE_MS = 2_000;

export interface ConnectionEvents {
  /** Someone connects, after nothing was under way. */
  starting(): void;
  opened(): void;
  frame(frame: ServerFrame): void;
  /** There is no socket for now; another will come. */
  lost(closeCode: number | undefined): void;
  /** There will be no other socket until someone connects again. @param isFinal that was asked for here */
  stopped(reason: SignedOutError | DisconnectedError, isFinal: boolean): void;
  /** Something failed that will be tried again. */
  failed(error: Error): void;
}

/** Keeps one socket open: a ticket and a socket for every attempt, and a wait in between that grows (C2). */
export class Connection {
  readonly status = new BehaviorSubject<Omit<ConnectionStatus, 'queued'>>({ state: 'offline', attempt: 0 });
  /** The present one's or, while another attempt is made, that of the last: it may be resumed (T4). */
  readonly connectionId = new BehaviorSubject<string | undefined>(undefined);
  readonly #settings: Settings;
  readonly #events: ConnectionEvents;
  #link: Link | undefined;
  /** Each attempt has its own, so that what an abandoned one still brings is recognised. */
  #attempt = Symbol();
  #failures = 0;
  #openedAt = 0;
  #triedAt = 0;
  #resume: string | undefined;
  #drain: number | undefined;
  #closeCode: number | undefined;
  /** The server asked not to be asked before. */
  #notBefore = 0;
  #replacedAt: readonly number[] = [];
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
    this.#notBefore = 0;
    this.#replacedAt = [];
    this.#wakes = this.#settings.wake.subscribe(() => this.#wake());
    this.#events.starting();
    this.#try();
  }

  retryNow(): void {
    if (this.status.value.state === 'waiting') this.#try();
  }

  disconnect(reason: SignedOutError | DisconnectedError = new DisconnectedError()): void {
    this.#stop('offline', reason);
  }

  /** The connection is one of somebody else: they signed in on this device. */
  refuse(): void {
    this.#stop('signed-out', new SignedOutError());
  }

  #wake(): void {
    if (this.isOpen) this.#link?.probe();
    const now = this.#settings.clock.now();
    if (this.status.value.state === 'connecting' && now - this.#triedAt > STALE_MS) this.#try();
    else if (now >= this.#notBefore) this.retryNow();
  }

  #try(): void {
    this.#abandon();
    const attempt = this.#attempt;
    this.#triedAt = this.#settings.clock.now();
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
    else if (code === CloseCode.replaced && this.#isReplacedAgain()) this.#stop('closed', new DisconnectedError());
    else this.#retryLater(undefined);
  }

  /**
   * An attempt that was given up can still reach the server, behind the one that came after it, and take the connection
   * over (T4): nobody holds it then. So the client comes back, as a new connection, lest it quarrel with a real other one.
   */
  #isReplacedAgain(): boolean {
    const now = this.#settings.clock.now();
    this.#resume = undefined;
    this.#replacedAt = [...this.#replacedAt.filter((at) => now - at < REPLACED_MS), now];
    return this.#replacedAt.length >= REPLACED;
  }

  #retryLater(error: Error | undefined): void {
    const { clock } = this.#settings;
    const wasOpen = this.isOpen;
    this.#abandon();
    if (wasOpen && clock.now() - this.#openedAt >= STEADY_MS) this.#failures = 0;
    this.#failures += 1;
    const delay = this.#delay(wasOpen && this.#closeCode === CloseCode.restarting, error);
    this.#drain = undefined;
    this.#cancelTimer = clock.after(delay, () => this.#try());
    this.#set('waiting', this.#failures, new Date(clock.now() + delay));
    if (wasOpen) this.#events.lost(this.#closeCode);
    if (error !== undefined) this.#events.failed(error);
  }

  #delay(isRestart: boolean, error: Error | undefined): number {
    const { backoff, clock, random } = this.#settings;
    if (this.#drain !== undefined) return Math.min(this.#drain, MAX_WAIT_MS);
    const delay = (isRestart ? restartDelay : backoffDelay)(this.#failures, backoff, random());
    if (!(error instanceof UnavailableError) || error.retryAfter === undefined) return delay;
    // Those who were told the same come back spread out all the same.
    const asked = Math.min(error.retryAfter, MAX_WAIT_MS);
    this.#notBefore = clock.now() + asked;
    return asked + delay;
  }

  #stop(state: 'offline' | 'signed-out' | 'closed', reason: SignedOutError | DisconnectedError): void {
    this.#abandon();
    this.#wakes?.unsubscribe();
    this.#wakes = undefined;
    // Whoever connects next may be someone else.
    this.#resume = undefined;
    this.connectionId.next(undefined);
    this.#set(state, 0);
    this.#events.stopped(reason, state === 'offline');
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
