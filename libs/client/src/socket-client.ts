import {
  CloseCode,
  defaultLimits,
  isCustomAction,
  parseTopic,
  type Ack,
  type ClientFrame,
  type Json,
  type ServerFrame,
} from '@parley/protocol';
import { combineLatest, distinctUntilChanged, map, shareReplay, Subject, type Observable } from 'rxjs';
import { asError } from './as-error';
import type { ActionMap } from './action-map';
import { Budget } from './budget';
import type { Channel, SendOptions, VolatileOptions } from './channel';
import { Connection } from './connection';
import { unobserved } from './deferred';
import { ProtocolError } from './errors';
import { checkedMessageId, newMessageId } from './message-id';
import type { SocketClientOptions } from './options';
import { Pace } from './pace';
import { isErrorPayload } from './read-frame';
import { settingsFrom, type Settings } from './settings';
import type { ConnectionStatus } from './status';
import { TopicChannel } from './topic-channel';
import { TokenBucket } from './token-bucket';
import { TopicSession } from './topic-session';

const textEncoder = new TextEncoder();

/**
 * One authorised WebSocket to Parley, kept open: it fetches tickets, reconnects, joins its topics again, sends what
 * waited, and shows every message once. A page needs one.
 *
 * It connects by itself when the first topic is observed, and stays connected until `disconnect()`.
 *
 * @example
 * const client = new SocketClient({ url: 'wss://parley.example.org/sock', ticket: fetchTicket() });
 * const channel = client.channel<{ message: { text: string } }>('exchange/text:6f1c');
 * channel.messages.subscribe(({ payload, userId }) => show(userId, payload.text));
 * await channel.storeMessage('message', { text: 'Hello, café 👩‍👩‍👧 日本語' });
 */
export class SocketClient {
  /** The name of the present connection; undefined while there is none. Replayed. */
  readonly connectionId$: Observable<string | undefined>;
  /** Whether there is a connection now. Replayed. */
  readonly connected$: Observable<boolean>;
  /** For an indicator on the page. Replayed. */
  readonly status$: Observable<ConnectionStatus>;
  /**
   * What went wrong: every `error` of the server (`ProtocolError`), those that a promise rejects with too, and each
   * failure to connect, which will be tried again. For a log.
   */
  readonly errors$: Observable<Error>;
  readonly #settings: Settings;
  readonly #connection: Connection;
  readonly #pace: Pace;
  readonly #volatiles: TokenBucket;
  readonly #budget: Budget;
  readonly #errors = new Subject<Error>();
  /** Kept once made: channels hold on to theirs, and an idle one is a handful of empty lists. */
  readonly #sessions = new Map<string, TopicSession>();

  constructor(options: SocketClientOptions) {
    const settings = settingsFrom(options);
    this.#settings = settings;
    this.#budget = new Budget(settings.queue);
    this.#pace = new Pace(settings.rate, settings.clock, () => this.#flush());
    this.#volatiles = new TokenBucket(settings.volatileRate, settings.clock.now());
    this.#connection = new Connection(settings, {
      opened: () => this.#opened(),
      frame: (frame) => this.#receive(frame),
      lost: (closeCode) => this.#lost(closeCode),
      stopped: (reason) => this.#stopped(reason),
      failed: (error) => this.#errors.next(error),
    });
    this.errors$ = this.#errors.asObservable();
    this.connectionId$ = this.#connection.connectionId.pipe(distinctUntilChanged());
    this.connected$ = this.#connection.status.pipe(
      map(({ state }) => state === 'connected'),
      distinctUntilChanged(),
    );
    this.status$ = combineLatest([this.#connection.status, this.#budget.messages]).pipe(
      map(([status, queued]) => ({ ...status, queued })),
      shareReplay({ bufferSize: 1, refCount: true }),
    );
  }

  /** Connects, unless that is under way. Needed after `disconnect()`, `signed-out` and `closed`; else the first observer does it. */
  connect(): void {
    this.#connection.connect();
  }

  /** Closes the connection for good and rejects what was not acknowledged. Call it when the user signs out. */
  disconnect(): void {
    this.#connection.disconnect();
  }

  /** While waiting for the next attempt: makes it now. */
  retryNow(): void {
    this.#connection.retryNow();
  }

  /**
   * Sends one message to a topic (C1). See {@link Channel.storeMessage} for what happens without a connection and what
   * it rejects with; a topic that nobody observes is joined until the ack.
   *
   * @param store whether it is kept (P2)
   * @param action `[a-z][a-z0-9-]{0,63}`, not a reserved name (F2)
   */
  transmit(store: boolean, action: string, topic: string, payload: Json, options?: SendOptions): Promise<Ack>;
  transmit(store: false, action: string, topic: string, payload: Json, options: VolatileOptions): void;
  transmit(
    store: boolean,
    action: string,
    topic: string,
    payload: Json,
    options: SendOptions | VolatileOptions = {},
  ): Promise<Ack> | undefined {
    if (options.volatile === true) {
      this.#transmitNow(action, topic, payload, options);
      return undefined;
    }
    try {
      const id = options.id === undefined ? newMessageId() : checkedMessageId(options.id);
      const text = this.#encode({ action, topic, store, payload, id, ...recipients(options) });
      return this.#session(topic).publish(id, text);
    } catch (error) {
      return unobserved(Promise.reject(asError(error)));
    }
  }

  /**
   * Every frame of a topic: answers, presence, and messages each once and in order. The first observer joins the topic,
   * the last one leaves it. Never fails or ends; being refused shows as an `error` frame.
   */
  subscribe<T extends Json = Json>(topic: string): Observable<ServerFrame<T>> {
    const session = this.#session(topic);
    // What a topic's payloads are is the caller's to know, as with the map of `channel`.
    return session.observe<ServerFrame>(session.frames) as Observable<ServerFrame<T>>;
  }

  /** A topic with the types of what is said in it (C1, C3). Any number of channels may share a topic. */
  channel<M extends ActionMap<M> = Readonly<Record<string, Json>>>(topic: string): Channel<M> {
    return new TopicChannel<M>(this.#session(topic), this.transmit.bind(this));
  }

  #transmitNow(action: string, topic: string, payload: Json, options: VolatileOptions): void {
    const session = this.#session(topic);
    if (session.state.value !== 'joined' || !this.#volatiles.take(this.#settings.clock.now())) return;
    session.publishNow(this.#encode({ action, topic, payload, volatile: true, ...recipients(options) }));
  }

  /** @throws ProtocolError for what the server would refuse, or close the connection over (F2, F4) */
  #encode(frame: ClientFrame): string {
    const { action, topic } = frame;
    if (!isCustomAction(action)) {
      throw new ProtocolError({ code: 'bad-action', message: `Not an action that can be sent: ${action}` }, topic);
    }
    const text = JSON.stringify(frame);
    // UTF-8 takes at most three bytes for each UTF-16 unit, so a short text needs no measuring.
    const { frameBytes } = defaultLimits;
    if (text.length * 3 > frameBytes && textEncoder.encode(text).length > frameBytes) throw tooLarge(topic);
    return text;
  }

  /** @throws RangeError for what is not a topic (F3) */
  #session(topic: string): TopicSession {
    const known = this.#sessions.get(topic);
    if (known !== undefined) return known;
    if (parseTopic(topic) === undefined) throw new RangeError(`A topic reads namespace/feature:id, not ${topic}`);
    const session = new TopicSession(topic, {
      settings: this.#settings,
      pace: this.#pace,
      budget: this.#budget,
      isOpen: () => this.#connection.isOpen,
      send: (text) => this.#connection.send(text),
      wanted: () => this.#connection.connect(),
      report: (error) => this.#errors.next(error),
    });
    this.#sessions.set(topic, session);
    return session;
  }

  #opened(): void {
    this.#pace.restart();
    for (const session of this.#sessions.values()) session.opened();
  }

  #flush(): void {
    for (const session of this.#sessions.values()) session.flush();
  }

  #receive(frame: ServerFrame): void {
    const { topic, type, payload } = frame;
    if (topic !== undefined) this.#sessions.get(topic)?.receive(frame);
    else if (type === 'error' && isErrorPayload(payload)) {
      // A frame so bad that the server did not read its topic; its id tells whose it was (F3).
      this.#errors.next(new ProtocolError(payload));
      if (payload.id !== undefined) for (const session of this.#sessions.values()) session.refused(payload);
    }
  }

  #lost(closeCode: number | undefined): void {
    const sessions = [...this.#sessions.values()];
    this.#pace.stop();
    if (closeCode === CloseCode.tooLarge) {
      // The largest message did it, and would do it on every connection (F4).
      const largest = Math.max(0, ...sessions.map((session) => session.largestUnderWay));
      for (const session of sessions) session.refuseLargest(largest, tooLarge(session.topic));
    }
    if (closeCode === CloseCode.rateLimited) this.#pace.limited(undefined);
    for (const session of sessions) session.lost();
  }

  #stopped(reason: Error): void {
    this.#pace.stop();
    for (const session of this.#sessions.values()) session.stopped(reason);
  }
}

function recipients({ to }: SendOptions | VolatileOptions): Pick<ClientFrame, 'to'> {
  return to === undefined ? {} : { to };
}

function tooLarge(topic: string | undefined): ProtocolError {
  return new ProtocolError({ code: 'too-large', message: 'The message is larger than a frame may be.' }, topic);
}
