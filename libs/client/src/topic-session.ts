import {
  isCustomAction,
  type Ack,
  type Allowed,
  type ClientFrame,
  type MessagePage,
  type Participant,
  type ProtocolErrorPayload,
  type ServerFrame,
} from '@parley/protocol';
import { BehaviorSubject, Observable, Subject } from 'rxjs';
import { retryDelay } from './backoff';
import type { Budget } from './budget';
import type { ChannelState } from './channel';
import { ProtocolError, SignedOutError, isForNow } from './errors';
import { Feed } from './feed';
import type { KeptQueue } from './kept-queue';
import { newMessageId } from './message-id';
import type { KeptMessage } from './message-keep';
import { Outbox, type Draft, type Failed, type Later, type Waiting } from './outbox';
import type { Pace } from './pace';
import { PageRequests, type PageSpan } from './page-requests';
import { Presence } from './presence';
import { isAck, isAllowed, isErrorPayload, isMessagePage, isParticipant, isSubscribed, textField } from './read-frame';
import type { Settings } from './settings';

/** What a topic needs of the client around it. */
export interface TopicSurroundings {
  readonly settings: Settings;
  readonly pace: Pace;
  readonly budget: Budget;
  readonly keep: KeptQueue;
  readonly isOpen: () => boolean;
  readonly send: (text: string) => void;
  /** Somebody wants this topic, so a connection is wanted. */
  readonly wanted: () => void;
  readonly report: (error: Error) => void;
  /** Whether the connection is one of the user whose messages wait here, by who the server says is in the topic. */
  readonly isOurs: (participants: readonly Participant[]) => boolean;
}

/** What one may do where the server has not said otherwise (S6). */
const EVERYTHING: Allowed = { publish: true, store: true };

/** One topic over all connections: joined while it is held, and again after every reconnect. */
export class TopicSession {
  readonly topic: string;
  readonly state = new BehaviorSubject<ChannelState>('idle');
  /** Every frame of the topic, messages each once and in order. */
  readonly frames = new Subject<ServerFrame>();
  readonly presence: Presence;
  readonly allowed = new BehaviorSubject(EVERYTHING);
  readonly outgoing: Observable<readonly (Waiting | Failed)[]>;
  readonly #around: TopicSurroundings;
  readonly #outbox: Outbox;
  readonly #pages: PageRequests;
  readonly #feed: Feed;
  #observers = 0;
  /** Of the `subscribe` that waits for its answer. */
  #joinId: string | undefined;
  #joinFailures = 0;
  #cancelRejoin: () => void = () => undefined;

  constructor(topic: string, around: TopicSurroundings) {
    this.topic = topic;
    this.#around = around;
    this.presence = new Presence(around.settings.clock);
    const later: Later = (attempt, run, least) => this.#later(attempt, run, least);
    const keep = {
      add: (message: Omit<KeptMessage, 'topic'>) => around.keep.add({ topic, ...message }),
      remove: (id: string) => around.keep.remove(topic, id),
    };
    this.#outbox = new Outbox(around.send, around.pace, around.budget, keep, later);
    this.outgoing = new Observable((observer) => {
      observer.next(this.#outbox.list());
      return this.#outbox.changed.subscribe(() => observer.next(this.#outbox.list()));
    });
    this.#pages = new PageRequests(topic, around.send, around.pace, later);
    this.#feed = new Feed({
      message: (frame) => this.frames.next(frame),
      load: (before) => this.#load(before === undefined ? {} : { before }, true),
      failed: (error) => around.report(error),
      later,
    });
  }

  /** The source, with its observers counted: the first one joins the topic, the last one leaves it (C1). */
  observe<T>(source: Observable<T>): Observable<T> {
    return new Observable((observer) => {
      // Subscribed first: joining may already make it emit.
      const subscription = source.subscribe(observer);
      if (observer.closed) return;
      this.#observers += 1;
      this.#join();
      return () => {
        subscription.unsubscribe();
        this.#observers -= 1;
        this.#leaveIfUnused();
      };
    });
  }

  /** Queues a message and sends it as soon as the topic is joined. The topic is held until the ack. */
  publish(draft: Draft): Promise<Ack> {
    const acked = this.#outbox.add(draft);
    this.#use();
    return acked;
  }

  /** Shows a stored message that cannot be sent at all. */
  fail({ id, stored }: Omit<Draft, 'text'>, error: Error): void {
    if (stored !== undefined) this.#outbox.fail({ id, ...stored }, error);
  }

  /** Forgets a message that failed. @returns whether there was one */
  discard(id: string): boolean {
    return this.#outbox.discard(id);
  }

  /** Goes on with what an earlier page left, once there is a connection. */
  takeUp(message: KeptMessage, text: string): void {
    this.#outbox.takeUp(message, text);
    if (this.#isHeld && this.state.value === 'idle') this.#toJoining();
  }

  /** From now on what waits outlives the page; what was kept and is not in `ids` any more must not be sent. */
  keep(ids: ReadonlySet<string>): void {
    this.#outbox.dropUnkept(ids, new SignedOutError());
    this.#outbox.keepAll();
    this.#leaveIfUnused();
  }

  /** Sends it now; false where that cannot be. */
  publishNow(text: string): boolean {
    if (this.state.value !== 'joined' || !this.#around.isOpen()) return false;
    this.#around.send(text);
    return true;
  }

  load(span: PageSpan): Promise<MessagePage> {
    return this.#load(span, false);
  }

  /** A connection is there. */
  opened(): void {
    if (!this.#isHeld || this.state.value === 'revoked') return;
    this.#toJoining();
    this.flush();
  }

  /** The connection is gone; another will come. */
  lost(): void {
    this.#cancelRejoin();
    this.#joinId = undefined;
    this.#joinFailures = 0;
    this.#feed.lost();
    this.presence.lost();
    this.#outbox.rewind();
    this.#pages.rewind();
    if (this.state.value === 'joined') this.#toJoining();
    this.#leaveIfUnused();
  }

  /** No other connection will come by itself. @param all also what could go out later, as the same user */
  stopped(reason: Error, all: boolean): void {
    this.lost();
    this.#outbox.stop(reason, all);
    this.#pages.rejectAll(reason);
    this.#leaveIfUnused();
  }

  /** The connection turned out to be somebody else's: nothing that waits may be sent on it. */
  rejectWaiting(reason: Error): void {
    this.#outbox.stop(reason, true);
    this.#leaveIfUnused();
  }

  /** Sends what may be sent now. */
  flush(): void {
    if (!this.#around.isOpen()) return;
    if (this.state.value === 'joining' && this.#joinId === undefined && this.#around.pace.take()) this.#sendJoin();
    if (this.state.value !== 'joined') return;
    this.#pages.flush();
    this.#outbox.flush();
  }

  /** Characters of the largest message under way. */
  get largestUnderWay(): number {
    return this.#outbox.largest;
  }

  refuseLargest(characters: number, error: Error): void {
    this.#outbox.refuseLargest(characters, error);
    this.#leaveIfUnused();
  }

  receive(frame: ServerFrame): void {
    const { type, payload } = frame;
    if (isCustomAction(type)) {
      if (this.#isHeld) this.#feed.receive(frame);
      return;
    }
    if (type === 'subscribe' && isSubscribed(payload)) {
      // Left and joined again within a round trip: the answer to the first join is not that to the second.
      const isOurs = frame.id === undefined || frame.id === this.#joinId;
      if (this.state.value !== 'joining' || !isOurs) return;
      // A connection of somebody else ends here, or with it everything that was theirs before.
      if (!this.#around.isOurs(payload.participants) || !this.#isHeld) return;
      this.#joinId = undefined;
      this.#joinFailures = 0;
      this.allowed.next(EVERYTHING);
      this.state.next('joined');
      const { since } = this.#feed;
      this.presence.replace(payload.participants, since !== undefined && since.epoch !== payload.epoch);
      this.frames.next(frame);
      this.#feed.joined(payload, frame.timestamp);
      this.flush();
      return;
    }
    // Presence from before the answer is in the answer.
    const isJoined = this.state.value === 'joined';
    if (type === 'subscriber' && isJoined && isParticipant(payload)) this.presence.put(payload);
    else if (type === 'unsubscriber' && isJoined && isParticipant(payload)) this.presence.remove(payload);
    else if (type === 'allowance' && isJoined && isAllowed(payload)) this.allowed.next(payload);
    else if (type === 'unsubscribe' && textField(payload, 'reason') === 'revoked') this.#revoked();
    else if (type === 'ack' && isAck(payload) && this.#outbox.acknowledge(payload)) this.flush();
    else if (type === 'load-messages' && isMessagePage(payload)) this.#pages.answer(frame.id, payload);
    else if (type === 'error' && isErrorPayload(payload)) {
      this.#around.report(new ProtocolError(payload, this.topic));
      this.refused(payload);
    }
    this.frames.next(frame);
    this.#leaveIfUnused();
  }

  /** The server refused something; perhaps what this topic had sent. */
  refused(error: ProtocolErrorPayload): void {
    const { id } = error;
    if (id !== undefined && (this.#outbox.refuse(id, error, this.topic) || this.#pages.refuse(id, error))) this.flush();
    else if (id !== undefined && id === this.#joinId) this.#joinRefused(error);
    this.#leaveIfUnused();
  }

  get #isHeld(): boolean {
    return this.#observers > 0 || !this.#outbox.isEmpty || !this.#pages.isEmpty;
  }

  #load(span: PageSpan, once: boolean): Promise<MessagePage> {
    const page = this.#pages.add(span, once);
    this.#use();
    return page;
  }

  /** Something waits to be sent. */
  #use(): void {
    const { state } = this;
    if (state.value === 'refused' || state.value === 'revoked') {
      this.#reject(new ProtocolError({ code: 'forbidden', message: 'You may not take part here.' }, this.topic));
      this.#leaveIfUnused();
      return;
    }
    this.#join();
    this.flush();
  }

  #join(): void {
    if (this.state.value === 'idle') {
      this.#toJoining();
      this.flush();
    }
    this.#around.wanted();
  }

  #toJoining(): void {
    this.#joinId = undefined;
    if (this.state.value !== 'joining') this.state.next('joining');
  }

  #sendJoin(): void {
    this.#joinId = newMessageId();
    const { since } = this.#feed;
    const frame: ClientFrame = {
      action: 'subscribe',
      topic: this.topic,
      id: this.#joinId,
      payload: since === undefined ? null : { since: { epoch: since.epoch, offset: since.offset } },
    };
    this.#around.send(JSON.stringify(frame));
  }

  #leaveIfUnused(): void {
    const { value } = this.state;
    if (value === 'idle' || this.#isHeld) return;
    if (value === 'joined' || this.#joinId !== undefined) {
      this.#around.send(JSON.stringify({ action: 'unsubscribe', topic: this.topic }));
    }
    this.#cancelRejoin();
    this.#joinId = undefined;
    this.#feed.reset();
    this.presence.reset();
    // What could not be sent for want of the right was shown; whoever comes back begins anew.
    if (value === 'refused' || value === 'revoked') this.#outbox.forgetFailed();
    this.state.next('idle');
  }

  #joinRefused(error: ProtocolErrorPayload): void {
    if (error.code === 'internal' || isForNow(error)) {
      this.#joinFailures += 1;
      this.#cancelRejoin = this.#later(this.#joinFailures, () => {
        this.#joinId = undefined;
        this.flush();
      });
      return;
    }
    this.#joinId = undefined;
    if (error.code === 'rate-limited') {
      this.#around.pace.limited(error.retryAfter);
      return;
    }
    this.state.next('refused');
    this.#reject(new ProtocolError(error, this.topic));
  }

  #revoked(): void {
    this.#feed.reset();
    this.presence.reset();
    this.state.next('revoked');
    const message = 'Your right to take part here was taken away.';
    this.#reject(new ProtocolError({ code: 'forbidden', message }, this.topic));
  }

  #reject(reason: Error): void {
    this.#outbox.rejectAll(reason);
    this.#pages.rejectAll(reason);
    this.#leaveIfUnused();
  }

  #later(attempt: number, run: () => void, least = 0): () => void {
    const { backoff, clock, random } = this.#around.settings;
    return clock.after(Math.max(retryDelay(attempt, backoff, random()), Math.min(least, backoff.max)), run);
  }
}
