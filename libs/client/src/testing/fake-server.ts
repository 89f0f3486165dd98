import {
  CloseCode,
  decodeClientFrame,
  defaultLimits,
  loadMessagesPayload,
  subscribePayload,
  type DecodedFrame,
  type Json,
  type Ticket,
} from '@parley/protocol';
import type { Clock } from '../clock';
import { SignedOutError } from '../errors';
import { TokenBucket, type Rate } from '../token-bucket';
import type { WebSocketLike } from '../web-socket-like';
import { FakeConnection, type FakeUser } from './fake-connection';
import { FakeTopic } from './fake-topic';
import { MemorySocket } from './memory-socket';

const textEncoder = new TextEncoder();

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
  #count = 0;

  constructor(options: FakeServerOptions) {
    const { messagesPerSecond: perSecond, messageBurst: burst, frameBytes } = defaultLimits;
    this.#options = { latency: 5, rate: { perSecond, burst }, frameBytes, window: 0, allows: () => true, ...options };
  }

  /** What a client of this user needs to reach this server. */
  optionsFor(user: FakeUser): {
    url: string;
    ticket: (resume: string | undefined) => Promise<Ticket>;
    webSocket: (url: string) => WebSocketLike;
  } {
    return {
      url: 'ws://parley.example.org/sock',
      ticket: () => this.#issue(user),
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
    for (const topic of this.#topics.values()) topic.restart();
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

  #issue(user: FakeUser): Promise<Ticket> {
    if (this.#signedOut.has(user.userId)) return Promise.reject(new SignedOutError());
    if (this.isDown) return Promise.reject(new Error('The server does not answer.'));
    this.#count += 1;
    const connectionId = `connection-${this.#count}`;
    const ticket = `${connectionId}:secret`;
    this.#tickets.set(ticket, { id: connectionId, user });
    return Promise.resolve({
      ticket,
      connectionId,
      expiresAt: new Date(this.#options.clock.now() + 30_000).toISOString(),
    });
  }

  #accept(ticket: string): WebSocketLike {
    const { clock, latency, rate } = this.#options;
    const admission = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    const far: { connection?: FakeConnection } = {};
    const bucket = new TokenBucket(rate, clock.now());
    const socket = new MemorySocket(clock, latency, {
      receive: (text) => {
        if (far.connection !== undefined) this.#receive(far.connection, text, bucket);
      },
      closed: () => {
        if (far.connection !== undefined) this.#gone(far.connection);
      },
    });
    if (admission === undefined || this.isDown) {
      // Refused before the upgrade: a browser only says that it failed.
      socket.end(1006);
      return socket;
    }
    far.connection = new FakeConnection(admission.id, admission.user, socket, clock);
    this.#sockets.set(far.connection, socket);
    socket.open();
    return socket;
  }

  #gone(connection: FakeConnection): void {
    this.#sockets.delete(connection);
    for (const name of connection.topics) this.topic(name).leave(connection);
    connection.topics.clear();
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
    } else if (!this.#options.allows(connection.user, name, 'publish')) this.#refuse(connection, 'forbidden', name, id);
    else topic.publish(connection, frame);
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
