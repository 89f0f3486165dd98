import type {
  ActionOf,
  Channel,
  ChannelState,
  SendOptions,
  TopicMessage,
  TopicPage,
  VolatileOptions,
} from '@parley/client';
import type { Ack, Allowed, Participant } from '@parley/protocol';
import { BehaviorSubject, EMPTY, NEVER, Subject } from 'rxjs';
import type { CallActions } from '../call-actions';

type Message = TopicMessage<CallActions>;
type Options = SendOptions | VolatileOptions;

interface Request {
  readonly from: Client;
  readonly action: string;
  readonly payload: unknown;
  readonly id: string | undefined;
  readonly to: readonly string[] | undefined;
  readonly isVolatile: boolean;
  readonly ack: (timestamp: string) => void;
}

/**
 * A server with one topic, and the clients of those who are in it. Messages wait until {@link pump}. Who is away misses
 * what is directed or volatile (P4, P5), and gets the rest when back (H2), unless the server restarts (U3).
 */
export class FakeHub {
  private readonly clients = new Map<string, Client>();
  private readonly waiting: Request[] = [];
  /** The timestamp of each message that had an id. */
  private readonly acks = new Map<string, string>();
  /** Who was here before a restart, and stays on everyone's list for a while, without a connection (U3). */
  private readonly expected = new Set<string>();
  private connections = 0;
  private offset = 0;
  private now = Date.UTC(2026, 0, 1);

  /** Someone's window. */
  enter(userId: string): Client {
    const client = new Client(this, userId, this.newConnectionId());
    this.clients.set(client.connectionId, client);
    client.channelState.next('joined');
    this.tellPresence();
    return client;
  }

  /** Takes the next messages, as they came. */
  pump(count = 1): void {
    for (const request of this.waiting.splice(0, count)) this.deliver(request);
  }

  get isQuiet(): boolean {
    return this.waiting.length === 0;
  }

  take(request: Request): void {
    const { from, id } = request;
    const first = id === undefined ? undefined : this.acks.get(`${from.userId} ${id}`);
    // P3, as long as it lives.
    if (first === undefined) this.waiting.push(request);
    else request.ack(first);
  }

  /** All sockets break, and nobody is known any more; each client comes back by itself. */
  restart(): void {
    // What was not acknowledged is sent again.
    for (const request of this.waiting.splice(0)) request.from.sendLater(request);
    this.acks.clear();
    for (const { userId } of this.clients.values()) this.expected.add(userId);
    for (const client of this.clients.values()) client.forgetMissed();
    for (const client of [...this.clients.values()]) client.lose();
    this.clients.clear();
  }

  /** A client's socket is back. @param client with the connectionId that it had, where the server still knows it */
  comeBack(client: Client): void {
    if (!this.clients.has(client.connectionId)) {
      client.connectionId = this.newConnectionId();
      this.clients.set(client.connectionId, client);
      this.expected.delete(client.userId);
    }
    client.channelState.next('joined');
    this.tellPresence();
    client.catchUp();
  }

  /** Its window is closed, or it stayed away for too long. */
  remove(client: Client): void {
    this.clients.delete(client.connectionId);
    this.expected.delete(client.userId);
    this.tellPresence();
  }

  private deliver({ from, action, payload, id, to, isVolatile, ack }: Request): void {
    const live = to === undefined && !isVolatile;
    if (live) this.offset += 1;
    const timestamp = new Date((this.now += 1)).toISOString();
    const sender = from.connectionId;
    const about = { sender, userId: from.userId, store: false, timestamp, ...(live ? { offset: this.offset } : {}) };
    const readers = to === undefined ? [...this.clients.values()] : to.flatMap((each) => this.clients.get(each) ?? []);
    for (const reader of readers) {
      reader.receive({ action, payload: structuredClone(payload), ...about } as Message, live);
    }
    if (id !== undefined) this.acks.set(`${from.userId} ${id}`, timestamp);
    ack(timestamp);
  }

  private tellPresence(): void {
    const byUser = new Map<string, string[]>([...this.expected].map((userId) => [userId, []]));
    for (const { userId, connectionId } of this.clients.values()) {
      byUser.set(userId, [...(byUser.get(userId) ?? []), connectionId]);
    }
    const list = [...byUser].map(([userId, connectionIds]) => ({
      userId,
      name: userId,
      colour: '#123456',
      connectionIds,
    }));
    for (const client of this.clients.values()) if (client.isHere) client.people.next(list);
  }

  private newConnectionId(): string {
    return `connection-${(this.connections += 1)}`;
  }
}

/** One window's client, and the channel that it gives. */
export class Client {
  readonly channelState = new BehaviorSubject<ChannelState>('joining');
  readonly people = new BehaviorSubject<readonly Participant[]>([]);
  readonly rights = new BehaviorSubject<Allowed>({ publish: true, store: true });
  readonly channel: Channel<CallActions>;
  private readonly heard = new Subject<Message>();
  private missed: Message[] = [];
  private outbox: Request[] = [];

  constructor(
    private readonly hub: FakeHub,
    readonly userId: string,
    public connectionId: string,
  ) {
    this.channel = {
      topic: 'exchange/call:1',
      state: this.channelState,
      messages: this.heard,
      userList: this.people,
      outgoing: EMPTY,
      allowed: this.rights,
      subscriber: NEVER,
      unsubscriber: NEVER,
      storeMessage: () => Promise.reject(new Error('nothing of a call is stored')),
      sendMessage: (action, payload, options) => this.send(action, payload, options),
      discard: () => false,
      loadMessages: () => Promise.resolve<TopicPage<CallActions>>({ messages: [], more: false }),
    };
  }

  get isHere(): boolean {
    return this.channelState.value === 'joined';
  }

  /** What is sent when the socket is back. */
  get waiting(): number {
    return this.outbox.length;
  }

  /** The socket breaks; the server waits for it. */
  lose(): void {
    if (this.isHere) this.channelState.next('joining');
  }

  receive(message: Message, isKept: boolean): void {
    if (this.isHere) this.heard.next(message);
    else if (isKept) this.missed.push(message);
  }

  catchUp(): void {
    for (const message of this.missed.splice(0)) this.heard.next(message);
    for (const request of this.outbox.splice(0)) this.hub.take(request);
  }

  forgetMissed(): void {
    this.missed = [];
  }

  sendLater(request: Request): void {
    if (!request.isVolatile) this.outbox.push(request);
  }

  private send(action: ActionOf<CallActions>, payload: unknown, options: Options = {}): Promise<Ack> {
    return new Promise((resolve) => {
      const id = 'id' in options ? options.id : undefined;
      const request: Request = {
        from: this,
        action,
        payload: structuredClone(payload),
        id,
        to: options.to,
        isVolatile: options.volatile === true,
        ack: (timestamp) => resolve({ id: id ?? 'none', timestamp }),
      };
      if (this.isHere) this.hub.take(request);
      else this.sendLater(request);
    });
  }
}
