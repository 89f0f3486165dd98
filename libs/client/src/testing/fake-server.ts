import {
  CloseCode,
  decodeClientFrame,
  defaultLimits,
  loadMessagesPayload,
  subscribePayload,
  type Allowed,
  type DecodedFrame,
  type Json,
  type Ticket,
} from '@parley/protocol';
import type { Clock } from '../clock';
import { SignedOutError } from '../errors';
import { TokenBucket, type Rate } from '../token-bucket';
import { FakeConnection, type FakeUser } from './fake-connection';
import { FakeTopic } from './fake-topic';
import { MemorySocket } from './memory-socket';

const textEncoder = new TextEncoder();

/** Codes after which a connection does not count as present any longer (U3). */
const LEAVES_AT_ONCE: ReadonlySet<number> = new Set([
  CloseCode.normal,
  CloseCode.goingAway,
  CloseCode.badFrames,
  CloseCode.sessionEnded,
  CloseCode.rateLimited,
]);

export interface FakeServerOptions {
  readonly clock: Clock;
  /** Milliseconds that a frame travels. Default: 5. */
  readonly latency?: number;
  /** L1. Default: the protocol's. */
  readonly rate?: Rate;
  /** Largest frame (F4). Default: the protocol's. */
  readonly frameBytes?: number;
  /** Messages that a topic can replay (H2). Default: 0, so that clients load what they missed (H1). */
  readonly window?: number;
  /** Milliseconds for which a connection that ended uncleanly counts as present and can be resumed (T4, U3). Default: 0. */
  readonly grace?: number;
  /** S1, S5. Default: everyone may do everything. */
  readonly allows?: (user: FakeUser, topic: string, intent: 'subscribe' | 'publish') => boolean;
}

/**
 * Parley's server in memory, for tests of pages that use the client: tickets, topics, stored messages, presence, limits
 * and every kind of broken connection. It follows the protocol and reads frames with the protocol's own code.
 *
 * @example
 * const clock = new FakeClock();
 * const server = new FakeServer({ clock });
 * const client = new SocketClient({ clock, ...server.optionsFor({ userId: 'ann', name: 'Ann' }) });
 */
export class FakeServer {
  /** What was refused, and every other fault put in: by code. */
  readonly refusals: string[] = [];
  /** What arrived, in order. */
  readonly received: DecodedFrame[] = [];
  /** New connections are refused, as by a server that is down. */
  isDown = false;
  readonly #options: Required<FakeServerOptions>;
  readonly #topics = new Map<string, FakeTopic>();
  readonly #tickets = new Map<string, { readonly id: string; readonly user: FakeUser }>();
  readonly #sockets = new Map<FakeConnection, MemorySocket>();
  readonly #signedOut = new Set<string>();
  readonly #failures = new Map<string, string[]>();
  /** Connections that ended uncleanly and can be resumed: id to user. */
  readonly #resumable = new Map<string, string>();
  /** What users may still do where they stay subscribed, by user and topic. */
  readonly #allowed = new Map<string, Allowed>();
  #ticketErrors: Error[] = [];
  #count = 0;

  constructor(options: FakeServerOptions) {
    const { messagesPerSecond: perSecond, messageBurst: burst, frameBytes } = defaultLimits;
    this.#options = {
      latency: 5,
      rate: { perSecond, burst },
      frameBytes,
      window: 0,
      grace: 0,
      allows: () => true,
      ...options,
    };
  }

  /** What a client of this user needs to reach this server. */
  optionsFor(user: FakeUser): {
    url: string;
    ticket: (resume: string | undefined) => Promise<Ticket>;
    webSocket: (url: string) => MemorySocket;
  } {
    return {
      url: 'ws://parley.example.org/sock',
      ticket: (resume) => this.#issue(user, resume),
      webSocket: (url) => this.#accept(new URL(url).searchParams.get('ticket') ?? ''),
    };
  }

  get connections(): readonly FakeConnection[] {
    return [...this.#sockets.keys()];
  }

  topic(name: string): FakeTopic {
    const known = this.#topics.get(name) ?? new FakeTopic(name, this.#options.clock, this.#options.window);
    this.#topics.set(name, known);
    return known;
  }

  /** The user's connections break: what is under way in either direction is lost. Default: everyone's. */
  break(userId?: string): void {
    for (const [{ user }, socket] of [...this.#sockets])
      if (userId === undefined || user.userId === userId) socket.break();
  }

  /** The network swallows everything of every present connection, and tells nobody. */
  silence(): void {
    for (const socket of this.#sockets.values()) socket.silence();
  }

  /** What is sent to and by the user from now on takes so many milliseconds. */
  slow(userId: string, latency: number): void {
    for (const [{ user }, socket] of this.#sockets) if (user.userId === userId) socket.slow(latency);
  }

  /** Closes the user's connections in an orderly way. */
  close(userId: string, code: number): void {
    for (const [{ user }, socket] of [...this.#sockets]) if (user.userId === userId) socket.end(code);
  }

  /** T5 */
  signOut(userId: string): void {
    this.#signedOut.add(userId);
    this.close(userId, 4401);
  }

  signIn(userId: string): void {
    this.#signedOut.delete(userId);
  }

  /** The process ends and another begins: connections and offsets are gone, stored messages are not. */
  restart(): void {
    this.break();
    this.#resumable.clear();
    this.#tickets.clear();
    for (const topic of this.#topics.values()) topic.restart();
  }

  /** L4: says that it goes down and when to come back, and closes. Set `isDown` and `restart()` for the rest of it. */
  drain(reconnectIn: number): void {
    for (const [connection, socket] of [...this.#sockets]) {
      connection.tell('drain', { reconnectIn });
      socket.end(CloseCode.restarting);
    }
  }

  /** S6: the user stays subscribed and may do this much from now on. */
  allow(userId: string, topic: string, allowed: Allowed): void {
    this.#allowed.set(`${userId} ${topic}`, allowed);
    for (const connection of this.connections) {
      if (connection.user.userId === userId && connection.topics.has(topic)) {
        connection.tell('allowance', { ...allowed }, { topic });
      }
    }
  }

  /** The next requests for a ticket fail with these errors, one each. */
  failTickets(...errors: Error[]): void {
    this.#ticketErrors.push(...errors);
  }

  /** S6 */
  revoke(userId: string, topic: string): void {
    for (const connection of this.connections) {
      if (connection.user.userId !== userId || !connection.topics.delete(topic)) continue;
      this.topic(topic).leave(connection);
      connection.tell('unsubscribe', { reason: 'revoked' }, { topic });
    }
  }

  /** The next frames of this action are answered with these errors, one each; `code@100` has a `retryAfter` of 100. */
  failNext(action: string, ...errors: string[]): void {
    this.#failures.set(action, [...(this.#failures.get(action) ?? []), ...errors]);
  }

  #issue(user: FakeUser, resume: string | undefined): Promise<Ticket> {
    const failure = this.#ticketErrors.shift();
    if (failure !== undefined) return Promise.reject(failure);
    if (this.#signedOut.has(user.userId)) return Promise.reject(new SignedOutError());
    if (this.isDown) return Promise.reject(new Error('The server does not answer.'));
    this.#count += 1;
    const open = this.connections.some(({ id, user: { userId } }) => id === resume && userId === user.userId);
    const resumes = resume !== undefined && (open || this.#resumable.get(resume) === user.userId);
    const connectionId = resumes ? resume : `connection-${this.#count}`;
    const ticket = `${connectionId}:secret-${this.#count}`;
    this.#tickets.set(ticket, { id: connectionId, user });
    return Promise.resolve({
      ticket,
      connectionId,
      expiresAt: new Date(this.#options.clock.now() + 30_000).toISOString(),
    });
  }

  #accept(ticket: string): MemorySocket {
    const { clock, latency, rate } = this.#options;
    const admission = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    const far: { connection?: FakeConnection } = {};
    const bucket = new TokenBucket(rate, clock.now());
    const socket = new MemorySocket(clock, latency, {
      receive: (text) => {
        if (far.connection !== undefined) this.#receive(far.connection, text, bucket);
      },
      closed: (code) => {
        if (far.connection !== undefined) this.#gone(far.connection, code);
      },
    });
    if (admission === undefined || this.isDown) {
      // Refused before the upgrade: a browser only says that it failed.
      socket.end(1006);
      return socket;
    }
    this.#resumable.delete(admission.id);
    for (const [connection, older] of [...this.#sockets]) {
      if (connection.id !== admission.id) continue;
      this.#gone(connection, CloseCode.replaced);
      older.end(CloseCode.replaced);
    }
    far.connection = new FakeConnection(admission.id, admission.user, socket, clock);
    this.#sockets.set(far.connection, socket);
    socket.open();
    return socket;
  }

  #gone(connection: FakeConnection, code: number): void {
    if (!this.#sockets.delete(connection)) return;
    const { id, user, topics } = connection;
    const { grace, clock } = this.#options;
    const left = [...topics].map((name) => this.topic(name));
    topics.clear();
    const leave = () => {
      for (const topic of left) topic.leave(connection);
    };
    if (grace === 0 || LEAVES_AT_ONCE.has(code)) {
      leave();
      return;
    }
    for (const topic of left) topic.linger(connection);
    if (code !== CloseCode.replaced) this.#resumable.set(id, user.userId);
    clock.after(grace, () => {
      const isResumed = this.connections.some((other) => other.id === id);
      if (!isResumed) this.#resumable.delete(id);
      leave();
    });
  }

  #receive(connection: FakeConnection, text: string, bucket: TokenBucket): void {
    const { clock, frameBytes } = this.#options;
    if (textEncoder.encode(text).length > frameBytes) {
      this.#sockets.get(connection)?.end(CloseCode.tooLarge);
      return;
    }
    const result = decodeClientFrame(text, defaultLimits.payloadBytes);
    if (!result.ok) {
      this.#refuse(connection, result.failure.code, undefined, result.failure.id);
      return;
    }
    const { frame } = result;
    this.received.push(frame);
    const { topic, id, action } = frame;
    if (action === 'ping') connection.tell('pong', null);
    if (topic === undefined) return;
    const [fault, ...faults] = this.#failures.get(action) ?? [];
    this.#failures.set(action, faults);
    if (fault !== undefined) {
      const [code = fault, after] = fault.split('@');
      this.#refuse(connection, code, topic.name, id, after === undefined ? undefined : Number(after));
    } else if (bucket.take(clock.now())) this.#handle(connection, topic.name, frame);
    else this.#refuse(connection, 'rate-limited', topic.name, id, Math.ceil(bucket.wait(clock.now())));
  }

  #handle(connection: FakeConnection, name: string, frame: DecodedFrame): void {
    const { action, id, payload } = frame;
    const topic = this.topic(name);
    const about = { topic: name, ...(id === undefined ? {} : { id }) };
    if (action === 'subscribe') {
      if (!this.#options.allows(connection.user, name, 'subscribe')) {
        this.#refuse(connection, 'forbidden', name, id);
        return;
      }
      connection.topics.add(name);
      topic.join(connection, subscribePayload.parse(payload).since, id);
    } else if (action === 'unsubscribe') {
      if (connection.topics.delete(name)) topic.leave(connection);
      connection.tell('unsubscribe', { reason: 'requested' }, about);
    } else if (!connection.topics.has(name)) this.#refuse(connection, 'not-subscribed', name, id);
    else if (action === 'load-messages') {
      const { before, limit } = loadMessagesPayload.parse(payload);
      const { messages, more } = topic.page(before, limit);
      connection.tell('load-messages', { messages: messages.map((each) => ({ ...each })), more }, about);
    } else if (!this.#mayPublish(connection.user, name, frame)) this.#refuse(connection, 'forbidden', name, id);
    else topic.publish(connection, frame);
  }

  #mayPublish(user: FakeUser, topic: string, { store }: DecodedFrame): boolean {
    const allowed = this.#allowed.get(`${user.userId} ${topic}`);
    if (allowed !== undefined && !(store ? allowed.store : allowed.publish)) return false;
    return this.#options.allows(user, topic, 'publish');
  }

  #refuse(connection: FakeConnection, code: string, topic?: string, id?: string, retryAfter?: number): void {
    this.refusals.push(code);
    const payload: Json = {
      code,
      message: `Refused: ${code}.`,
      ...(id === undefined ? {} : { id }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
    connection.tell('error', payload, {
      ...(topic === undefined ? {} : { topic }),
      ...(id === undefined ? {} : { id }),
    });
  }
}
