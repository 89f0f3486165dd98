import {
  CloseCode,
  defaultLimits,
  isCustomAction,
  parseTopic,
  type Ack,
  type ClientFrame,
  type Json,
  type Participant,
  type ServerFrame,
} from '@parley/protocol';
import { distinctUntilChanged, map, Observable, Subject } from 'rxjs';
import { asError } from './as-error';
import type { ActionMap } from './action-map';
import { Budget } from './budget';
import type { Channel, SendOptions, VolatileOptions } from './channel';
import { Connection } from './connection';
import { unobserved } from './deferred';
import { ProtocolError, SignedOutError } from './errors';
import { KeptQueue } from './kept-queue';
import { checkedMessageId, newMessageId } from './message-id';
import type { KeptMessage } from './message-keep';
import type { SocketClientOptions } from './options';
import type { Draft } from './outbox';
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
  /**
   * The name under which the others know this client. While a lost connection is being made again it stays, since the
   * server lets it resume for 30 s (T4): nobody sees it leave then, and a call need not begin anew. When it could not be
   * resumed another name follows, without undefined in between; undefined before the first connection and after the end.
   * Whether there is a connection now is `connected$`'s to say. Replayed.
   */
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
  readonly #keep: KeptQueue;
  readonly #errors = new Subject<Error>();
  /** Whose messages wait here. */
  #userId: string | undefined;
  /** The page said so; otherwise the server did. */
  #isNamed = false;
  /** Kept once made: channels hold on to theirs, and an idle one is a handful of empty lists. */
  readonly #sessions = new Map<string, TopicSession>();

  constructor(options: SocketClientOptions) {
    const settings = settingsFrom(options);
    this.#settings = settings;
    this.#budget = new Budget(settings.queue);
    this.#keep = new KeptQueue(settings.keep, (error) => this.#errors.next(error));
    this.#pace = new Pace(settings.rate, settings.clock, () => this.#flush());
    this.#volatiles = new TokenBucket(settings.volatileRate, settings.clock.now());
    this.#connection = new Connection(settings, {
      starting: () => this.#takeUp(),
      opened: () => this.#opened(),
      frame: (frame) => this.#receive(frame),
      lost: (closeCode) => this.#lost(closeCode),
      stopped: (reason, isFinal) => this.#stopped(reason, isFinal),
      failed: (error) => this.#errors.next(error),
    });
    this.errors$ = this.#errors.asObservable();
    this.connectionId$ = this.#connection.connectionId.pipe(distinctUntilChanged());
    this.connected$ = this.#connection.status.pipe(
      map(({ state }) => state === 'connected'),
      distinctUntilChanged(),
    );
    const { status } = this.#connection;
    const { messages } = this.#budget;
    this.status$ = new Observable((observer) => {
      const tell = () => observer.next({ ...status.value, queued: messages.value });
      // Each of the two says at once where it stands; together they say it once.
      let isReady = false;
      const subscription = status.subscribe(() => {
        if (isReady) tell();
      });
      isReady = true;
      subscription.add(messages.subscribe(tell));
      return subscription;
    });
  }

  /** Connects, unless that is under way. Needed after `disconnect()`, `signed-out` and `closed`; else the first observer does it. */
  connect(): void {
    this.#connection.connect();
  }

  /**
   * Says who is signed in, as soon as the page knows. With `keep`, what this user's earlier page left goes out now, and
   * what is sent from now on outlives this page. What waits of another user is rejected and forgotten; should a connection
   * turn out to be another user's, the status becomes `signed-out` and nothing is sent. Without this call the server's word
   * decides, once a topic was joined.
   */
  identify(userId: string): void {
    this.#isNamed = true;
    this.#become(userId);
  }

  /** Closes the connection for good and rejects what was not acknowledged. What is kept stays, for the next `connect()`. */
  disconnect(): void {
    this.#connection.disconnect();
  }

  /** The same when the user signs out: what was kept is forgotten too. */
  signOut(): void {
    this.#keep.clear();
    this.#isNamed = false;
    this.#userId = undefined;
    this.#connection.disconnect(new SignedOutError());
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
      const session = this.#session(topic);
      const isKept = store && options.keep !== false;
      const draft = { id, ...(isKept ? { stored: { action, payload, at: this.#settings.clock.now() } } : {}) };
      return this.#publish(session, draft, { action, topic, store, payload, id, ...recipients(options) });
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

  /** @throws ProtocolError see {@link SocketClient.#encode} */
  #publish(session: TopicSession, draft: Omit<Draft, 'text'>, frame: ClientFrame): Promise<Ack> {
    let text: string;
    try {
      text = this.#encode(frame);
    } catch (error) {
      session.fail(draft, asError(error));
      throw error;
    }
    return session.publish({ ...draft, text });
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
      keep: this.#keep,
      isOpen: () => this.#connection.isOpen,
      send: (text) => this.#connection.send(text),
      wanted: () => this.#connection.connect(),
      report: (error) => this.#errors.next(error),
      isOurs: (participants) => this.#isOurs(participants),
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

  #stopped(reason: Error, isFinal: boolean): void {
    this.#pace.stop();
    for (const session of this.#sessions.values()) session.stopped(reason, isFinal);
  }

  #become(userId: string): void {
    const { state } = this.#connection.status.value;
    const isOther = this.#userId !== undefined && this.#userId !== userId;
    this.#userId = userId;
    if (isOther) this.#connection.disconnect(new SignedOutError());
    this.#takeUp();
    const isActive = state === 'connecting' || state === 'connected' || state === 'waiting';
    if ((isOther && isActive) || this.#budget.messages.value > 0) this.#connection.connect();
  }

  /** Goes on with what is kept: whatever was kept and is no longer there must not be sent. */
  #takeUp(): void {
    if (this.#userId === undefined) return;
    const kept = this.#keep.open(this.#userId);
    if (kept === undefined) return;
    for (const session of this.#sessions.values()) {
      session.keep(new Set(kept.filter(({ topic }) => topic === session.topic).map(({ id }) => id)));
    }
    for (const message of kept) this.#takeUpOne(message);
  }

  #takeUpOne(message: KeptMessage): void {
    const { topic, action, payload, id } = message;
    try {
      this.#session(topic).takeUp(message, this.#encode({ action, topic, store: true, payload, id }));
    } catch (error) {
      this.#keep.remove(topic, id);
      this.#errors.next(asError(error));
    }
  }

  /** The server lists this connection among the participants, so it says whose it is (S3). */
  #isOurs(participants: readonly Participant[]): boolean {
    const connectionId = this.#connection.connectionId.value;
    const userId = participants.find(({ connectionIds }) => connectionIds.some((id) => id === connectionId))?.userId;
    if (userId === undefined || userId === this.#userId) return true;
    if (this.#isNamed) {
      this.#connection.refuse();
      return false;
    }
    if (this.#userId !== undefined) {
      for (const session of this.#sessions.values()) session.rejectWaiting(new SignedOutError());
    }
    this.#userId = userId;
    this.#takeUp();
    return true;
  }
}

function recipients({ to }: SendOptions | VolatileOptions): Pick<ClientFrame, 'to'> {
  return to === undefined ? {} : { to };
}

function tooLarge(topic: string | undefined): ProtocolError {
  return new ProtocolError({ code: 'too-large', message: 'The message is larger than a frame may be.' }, topic);
}
