import { CloseCode, type Limits } from '@parley/protocol';
import type { WebSocket } from 'ws';
import type { FrameBatch } from './frame-batch';
import { Leases } from './leases';
import type { Members } from './members';
import type { Outbox } from './outbox';
import type { Principal } from './ports';
import { ProtocolError } from './protocol-error';
import { Strikes } from './strikes';
import { serverFrame } from './text-frame';
import { TokenBucket } from './token-bucket';
import type { TopicRoom } from './topic-room';

/** Bytes of an answer that cost as much as one message. */
const CHARGED_BYTES = 64 * 1024;

type Socket = Pick<WebSocket, 'readyState' | 'OPEN' | 'close' | 'resume' | 'terminate'>;

/** One admitted WebSocket: who is behind it, what it is subscribed to, and how much it may still send. */
export class Connection {
  readonly subscriptions = new Map<string, TopicRoom>();
  readonly leases = new Leases();
  /** The topics that may have gathered something for it. */
  readonly memberships: Members[] = [];
  /** When the peer was last heard of, by `performance.now()`. */
  lastHeard: number;
  /** When it was last asked for a sign of life, by `performance.now()`; 0 before the first time. */
  lastPinged = 0;
  /** When it is to be asked next. */
  nextPing: number;
  private readonly messages: TokenBucket;
  private readonly volatiles: TokenBucket;
  private readonly badFrames: Strikes;
  private readonly rateViolations: Strikes;
  private closing = false;
  private saidGoodbyeWith: number | undefined;

  constructor(
    readonly id: string,
    readonly principal: Principal,
    private readonly webSocket: Socket,
    private readonly outbox: Outbox,
    limits: Limits,
  ) {
    const now = performance.now();
    this.lastHeard = now;
    // Thousands that came at once are not to be asked at once: the first time comes up to half a heartbeat early.
    this.nextPing = now + limits.heartbeatMs * (1 - Math.random() / 2);
    this.messages = new TokenBucket(limits.messagesPerSecond, limits.messageBurst, now);
    this.volatiles = new TokenBucket(limits.volatilePerSecond, limits.volatileBurst, now);
    this.badFrames = new Strikes(limits.badFrames, limits.badFrameWindowMs);
    this.rateViolations = new Strikes(limits.rateViolations, limits.badFrameWindowMs);
  }

  /** False from the moment a close began on either side. */
  get open(): boolean {
    return !this.closing && this.webSocket.readyState === this.webSocket.OPEN;
  }

  /** The close code with which the server ended it; undefined while it has not. */
  get closedWith(): number | undefined {
    return this.saidGoodbyeWith;
  }

  /** Bytes that the reader has not taken yet. */
  get queuedBytes(): number {
    return this.outbox.queuedBytes;
  }

  /**
   * Queues a finished frame for the end of the tick. A reader that does not keep up loses volatile frames first, and is
   * sent away when too much waits for it (L2).
   *
   * @param volatileKey of a volatile frame: a topic, a space, and whatever else has to agree for one frame to make
   *   another that still waits out of date
   */
  send(frame: Buffer, volatileKey?: string): void {
    this.catchUp();
    this.queue(frame, volatileKey);
  }

  /** What its topics have gathered comes before anything else. */
  private catchUp(): void {
    if (!this.outbox.mayBeBehind) return;
    for (const members of this.memberships) members.catchUp(this);
  }

  private queue(frame: Buffer, volatileKey: string | undefined): void {
    if (!this.open) return;
    if (volatileKey !== undefined) this.outbox.offer(frame, volatileKey);
    else if (!this.outbox.push(frame)) {
      // What it did not read it gets by H2 when it comes back; here it would only be in the way of the goodbye.
      this.outbox.drop();
      this.end(CloseCode.slowReader, 'The messages were not read fast enough.');
    }
  }

  /** Its outbox while that {@link Outbox.isIdle}: whatever comes next may be written at once. */
  get idleOutbox(): Outbox | undefined {
    return this.open && this.outbox.isIdle ? this.outbox : undefined;
  }

  /** What a topic has gathered, from this frame on. */
  take(batch: FrameBatch, first: number): void {
    if (!this.open) return;
    if (this.outbox.keepsUp) this.outbox.append(batch.span(first));
    else batch.forEach(first, (frame, volatileKey) => this.queue(frame, volatileKey));
  }

  /** It has left the topic, and hears nothing volatile from there any more. */
  forget(topic: string): void {
    this.outbox.dropVolatilesOf(topic);
  }

  /** Queues a frame in which the server speaks to this connection alone. */
  tell(type: string, payload: unknown, about: { readonly topic?: string; readonly id?: string } = {}): void {
    this.send(serverFrame(type, payload, about));
  }

  refuse(error: ProtocolError, about: { readonly topic?: string; readonly id?: string } = {}): void {
    const { code, message, retryAfter } = error;
    this.tell(
      'error',
      {
        code,
        message,
        ...(about.id === undefined ? {} : { id: about.id }),
        ...(retryAfter === undefined ? {} : { retryAfter }),
      },
      about,
    );
  }

  /** Takes a token for one frame (L1). Without one: the refusal; when that happens too often the connection closes. */
  spend(volatile: boolean): ProtocolError | undefined {
    const now = performance.now();
    const retryAfter = (volatile ? this.volatiles : this.messages).take(now);
    if (retryAfter === 0) return undefined;
    if (this.rateViolations.add(now)) this.close(CloseCode.rateLimited, 'Too many messages for too long.');
    return new ProtocolError('rate-limited', 'Too many messages. Slow down.', retryAfter);
  }

  /** Takes tokens for an answer that is far larger than its question (L1): one for each full 64 KiB. */
  charge(bytes: number): void {
    this.messages.owe(Math.floor(bytes / CHARGED_BYTES));
  }

  /** Counts a frame that broke the rules; the tenth within ten seconds closes the connection (F3). */
  strike(): void {
    if (this.badFrames.add(performance.now())) this.close(CloseCode.badFrames, 'Too many malformed frames.');
  }

  /** Writes what is queued, then says goodbye; the peer's answer or ws's own deadline ends the socket. */
  close(code: number, reason: string): void {
    this.catchUp();
    this.end(code, reason);
  }

  private end(code: number, reason: string): void {
    if (!this.open) return;
    this.closing = true;
    this.saidGoodbyeWith = code;
    this.outbox.finish();
    this.webSocket.close(code, reason);
    // A paused socket would never read the peer's close frame.
    this.webSocket.resume();
  }

  /** Ends the socket at once, for a peer that no longer answers. */
  terminate(): void {
    this.closing = true;
    this.webSocket.terminate();
  }
}
