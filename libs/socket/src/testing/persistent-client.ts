import type { Ack, ClientFrame, MessagePage, Participant, Position, Subscribed } from '@parley/protocol';
import { WebSocket } from 'ws';
import type { DeliveryRecord, Published } from './delivery-record';
import type { SeenFrame } from './raw-client';

/** How a connection ends: without a word, politely, or unnoticed by the server. */
export type Ending = 'cut' | 'reset' | 'stall';

/** What a {@link PersistentClient} needs to know about the server that is there now. */
export interface Reachable {
  ticketUrl(userId: string, resume?: string): { readonly url: string; readonly connectionId: string };
}

/** What a test does not vary. */
export interface Circumstances {
  readonly topic: string;
  readonly record: DeliveryRecord;
  /** Messages that the server's window holds. */
  readonly windowMessages: number;
  /** Messages that were written without the engine being told; it may broadcast them behind younger ones. */
  readonly unanswered: ReadonlySet<string | undefined>;
  /** The grace period outlives the test, so whoever comes back is never seen leaving (U3). */
  readonly longGrace: boolean;
}

/** Users with their connectionIds, in an order that does not depend on how they came. */
export function rosterText(byUser: ReadonlyMap<string, readonly string[]>): string {
  const lines = [...byUser].map(([userId, ids]) => `${userId}: ${[...ids].sort().join(' ')}`);
  return lines.sort().join(', ');
}

/**
 * One tab as it should be: it resumes its connection, asks for what it missed, loads pages where that is gone, sends again
 * what was not acknowledged, and shows each stored message once, by `seq`. Whatever it hears is checked at once.
 */
export class PersistentClient {
  /** What it shows: by `seq`. */
  readonly shown = new Map<number, string>();
  /** What is not acknowledged yet, in order. */
  readonly outbox = new Map<string, Published>();
  /** Whether it wants to be in the topic. */
  wanted = true;
  /** Whether the server has said that it is. */
  joined = false;
  private socket: WebSocket | undefined;
  private connectionId: string | undefined;
  private position: Position | undefined;
  private participants = new Map<string, readonly string[]>();
  private seenLeaving = new Map<string, number>();
  /** The `seq` of the last stored message that was broadcast to it. */
  private newest = 0;
  /** An older page is missing. */
  private incomplete = true;
  /** What the server has not answered yet. One at a time, so that `since` is never older than what has come. */
  private asked: 'subscribe' | 'unsubscribe' | undefined;
  /** The connection was lost, and the server may take it for subscribed. */
  private unsure = false;
  private stalled: WebSocket | undefined;
  private awaited: { readonly id: string; readonly resolve: () => void } | undefined;
  private pings = 0;

  constructor(
    readonly userId: string,
    private readonly about: Circumstances,
  ) {}

  get online(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Nothing is under way between it and the server. */
  get settled(): boolean {
    if (!this.online || this.asked !== undefined || this.joined !== this.wanted) return false;
    return !this.joined || (!this.incomplete && this.outbox.size === 0);
  }

  /** What it waits for, for whoever looks for a mistake. */
  get state(): string {
    const { wanted, joined, incomplete, asked = 'nothing', unsure } = this;
    const socket = this.socket === undefined ? 'none' : this.socket.readyState;
    return JSON.stringify({ socket, wanted, joined, asked, incomplete, unsure, waiting: [...this.outbox.keys()] });
  }

  /** Who is in the topic as far as it knows, see {@link rosterText}. */
  get roster(): string {
    return rosterText(this.participants);
  }

  get id(): string | undefined {
    return this.connectionId;
  }

  /** Connects, resuming where it may; a server that is not there leaves it offline. */
  async connect(server: Reachable): Promise<void> {
    if (this.socket !== undefined) return;
    const { url, connectionId } = server.ticketUrl(this.userId, this.connectionId);
    if (connectionId !== this.connectionId) this.unsure = false;
    this.connectionId = connectionId;
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      if (this.socket === socket) this.take(JSON.parse(data.toString('utf8')) as SeenFrame);
    });
    await new Promise<void>((resolve) => {
      socket.once('open', () => {
        if (this.socket === socket) this.reconcile();
        resolve();
      });
      socket.on('error', () => undefined);
      socket.once('close', () => {
        if (this.socket === socket) this.forget();
        resolve();
      });
    });
  }

  /** The network ends it. A connection that stalls is open for the server until another one takes its place. */
  lose(ending: Ending): void {
    const { socket } = this;
    if (socket === undefined) return;
    this.forget();
    if (ending === 'stall') {
      this.endStalled();
      this.stalled = socket;
      socket.pause();
    } else if (ending === 'cut') socket.terminate();
    else (socket as unknown as { _socket?: { resetAndDestroy(): void } })._socket?.resetAndDestroy();
  }

  /** Says goodbye, where it has a connection to say it over. */
  close(): void {
    const { socket } = this;
    if (socket === undefined || !this.online) return;
    if (this.connectionId !== undefined) this.about.record.mayLeave(this.connectionId);
    this.connectionId = undefined;
    this.forget();
    this.unsure = false;
    this.endStalled();
    socket.close(1000);
  }

  /** The network finds out about a connection that stalled. */
  endStalled(): void {
    this.stalled?.terminate();
    this.stalled = undefined;
  }

  publish(message: Published): void {
    this.about.record.publish(message);
    this.outbox.set(message.id, message);
    if (this.joined) this.sendMessage(message);
  }

  /** Sends again what was sent before, acknowledged or not (P3). */
  repeat(message: Published): void {
    if (this.joined) this.sendMessage(message);
  }

  publishVolatile(payload: number): void {
    if (this.joined) this.send({ action: 'cursor', topic: this.about.topic, volatile: true, payload });
  }

  enter(): void {
    this.wanted = true;
    this.reconcile();
  }

  leave(): void {
    this.wanted = false;
    this.reconcile();
  }

  /** What the server said before has come when it resolves; also when the connection ends. */
  async heard(): Promise<void> {
    if (!this.online) return;
    this.pings += 1;
    const id = `ping-${this.pings}`;
    await new Promise<void>((resolve) => {
      this.awaited = { id, resolve };
      this.send({ action: 'ping', id });
    });
  }

  private forget(): void {
    this.unsure ||= this.joined || this.asked !== undefined;
    this.socket = undefined;
    this.joined = false;
    this.asked = undefined;
    this.awaited?.resolve();
    this.awaited = undefined;
  }

  private send(frame: ClientFrame): void {
    this.socket?.send(JSON.stringify(frame));
  }

  private sendMessage({ id, store, payload }: Published): void {
    this.send({ action: 'note', topic: this.about.topic, id, store, payload });
  }

  private reconcile(): void {
    if (!this.online || this.asked !== undefined) return;
    if (this.wanted && !this.joined) this.subscribe();
    else if (!this.wanted && (this.joined || this.unsure)) this.unsubscribe();
  }

  private subscribe(): void {
    const { topic } = this.about;
    const { position } = this;
    this.asked = 'subscribe';
    this.send({ action: 'subscribe', topic, payload: position === undefined ? null : { since: { ...position } } });
  }

  private unsubscribe(): void {
    this.asked = 'unsubscribe';
    if (this.connectionId !== undefined) this.about.record.mayLeave(this.connectionId);
    this.send({ action: 'unsubscribe', topic: this.about.topic });
  }

  private loadPage(before?: number): void {
    const payload = { limit: 4, ...(before === undefined ? {} : { before }) };
    this.send({ action: 'load-messages', topic: this.about.topic, payload });
  }

  private take(frame: SeenFrame): void {
    const { type, payload } = frame;
    if (type === 'note') this.takeMessage(frame);
    else if (type === 'subscribe') this.takeAnswer(payload as unknown as Subscribed);
    else if (type === 'unsubscribe') this.takeLeft();
    else if (type === 'subscriber' || type === 'unsubscriber') this.takeNews(type, payload as unknown as Participant);
    else if (type === 'load-messages') this.takePage(payload as unknown as MessagePage);
    else if (type === 'ack') this.takeAck(payload as unknown as Ack);
    else if (type === 'error') this.takeError(frame);
    else if (type === 'pong' && frame.id === this.awaited?.id) this.awaited?.resolve();
    else if (type === 'ping') this.send({ action: 'pong' });
    else if (type === 'cursor') {
      this.check(this.joined, () => '[S4] a volatile message came outside of the subscription');
      this.check(frame.offset === undefined, () => '[P5] a volatile message has an offset');
    }
  }

  private takeAnswer({ epoch, offset, recovered, participants }: Subscribed): void {
    const since = this.position;
    const missed = since?.epoch === epoch && since.offset <= offset ? offset - since.offset : Infinity;
    this.check(
      recovered === missed <= this.about.windowMessages,
      () => `[H2] recovered: ${recovered} at ${epoch} ${offset} since ${JSON.stringify(since)}`,
    );
    if (!recovered) {
      this.position = { epoch, offset };
      this.incomplete = true;
    }
    this.check(this.asked === 'subscribe', () => '[S3] an answer that nobody asked for');
    this.joined = true;
    this.asked = undefined;
    this.endStalled();
    this.participants = new Map(participants.map(({ userId, connectionIds }) => [userId, connectionIds]));
    this.seenLeaving = new Map();
    if (this.incomplete) this.loadPage();
    for (const message of this.outbox.values()) this.sendMessage(message);
    this.reconcile();
  }

  private takeLeft(): void {
    this.check(this.asked === 'unsubscribe', () => '[S6] it was thrown out');
    this.joined = false;
    this.asked = undefined;
    this.unsure = false;
    this.reconcile();
  }

  private takeMessage(frame: SeenFrame): void {
    const { position } = this;
    this.check(this.joined && position !== undefined, () => '[S3] a message came outside of the subscription');
    if (position === undefined) return;
    const { offset, seq, id = '' } = frame;
    this.check(offset === position.offset + 1, () => `[P6] ${offset} came after ${position.offset}`);
    this.position = { ...position, offset: offset ?? position.offset };
    this.about.record.see(position.epoch, frame);
    this.check(frame.store === (seq !== undefined), () => `[P2] ${id} came without having been stored`);
    if (seq === undefined) return;
    const late = this.about.unanswered.has(id);
    this.check(late || seq > this.newest, () => `[P2] [P6] seq ${seq} came after ${this.newest}`);
    if (!late) this.newest = seq;
    this.show(seq, id);
  }

  private takePage({ messages, more }: MessagePage): void {
    const seqs = messages.map(({ seq }) => seq ?? 0);
    this.check(
      seqs.every((seq, index) => index === 0 || seq > (seqs[index - 1] ?? 0)),
      () => `[H1] not ascending: ${seqs.join(' ')}`,
    );
    const known = this.shown.size;
    let contiguous = 1;
    while (contiguous <= known && this.shown.has(contiguous)) contiguous += 1;
    for (const { seq, id } of messages) this.show(seq ?? 0, id ?? '');
    const [first] = seqs;
    if (more && first !== undefined && first > contiguous) this.loadPage(first);
    else this.incomplete = false;
  }

  private show(seq: number, id: string): void {
    const there = this.shown.get(seq) ?? id;
    this.check(there === id, () => `[H3] seq ${seq} is ${there} and ${id}`);
    this.shown.set(seq, id);
  }

  private takeAck(ack: Ack): void {
    this.outbox.delete(ack.id);
    this.about.record.acknowledge(this.position?.epoch, ack);
  }

  private takeError({ id = '', payload }: SeenFrame): void {
    // A change was announced while it subscribed (S6). A patient client would wait for as long as it was told.
    if (id === '' && this.asked === 'subscribe' && payload.code === 'forbidden' && payload.retryAfter !== undefined) {
      this.asked = undefined;
      this.reconcile();
      return;
    }
    const message = this.outbox.get(id);
    if (message === undefined || payload.code === 'not-subscribed') return;
    this.check(payload.code === 'not-stored', () => `an error that nothing explains: ${JSON.stringify(payload)}`);
    if (this.joined) this.sendMessage(message);
  }

  private takeNews(type: 'subscriber' | 'unsubscriber', { userId, connectionIds }: Participant): void {
    const before = this.participants.get(userId) ?? [];
    this.check(this.joined, () => `[U2] ${type} outside of the subscription`);
    this.check(
      (connectionIds.length === 0) === (type === 'unsubscriber'),
      () => `[U2] ${type} of ${connectionIds.length}`,
    );
    this.check(
      [...before].sort().join() !== [...connectionIds].sort().join(),
      () => `[U2] ${type} of ${userId} tells nothing new: ${connectionIds.join()}`,
    );
    if (connectionIds.length === 0) this.participants.delete(userId);
    else this.participants.set(userId, connectionIds);
    for (const gone of before.filter((id) => !connectionIds.includes(id))) this.takeDeparture(gone);
  }

  private takeDeparture(connectionId: string): void {
    const times = (this.seenLeaving.get(connectionId) ?? 0) + 1;
    this.seenLeaving.set(connectionId, times);
    this.check(
      !this.about.longGrace || times <= this.about.record.leavesOf(connectionId),
      () => `[U3] ${connectionId} was seen leaving ${times} times, and asked for it less often`,
    );
  }

  private check(holds: boolean, violation: () => string): void {
    this.about.record.check(holds, () => `${this.userId}: ${violation()}`);
  }
}
