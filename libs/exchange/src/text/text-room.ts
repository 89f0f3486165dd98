import { computed, signal } from '@angular/core';
import { type Channel, type Clock, systemClock, type TopicMessage, type TopicPage } from '@parley/client';
import type { Ack } from '@parley/protocol';
import { Subscription } from 'rxjs';
import type { KeptText } from './kept-text';
import {
  addMessage,
  addPage,
  addUnreadable,
  emptyLog,
  forgetBelowGap,
  lastSeq,
  newestGap,
  olderThan,
  reachesBeginning,
  type LoggedMessage,
  type MessageLog,
} from './message-log';
import type { Notice } from './notices';
import { addOutgoing, removeOutgoing, setDelivery, type Outgoing } from './outgoing';
import { sendFailure } from './send-failure';
import { readText, type TextPayloads } from './text-topic';
import { nextToStop, nobodyTypes, startedTyping, stillTyping, stoppedTyping, TypingPace, type Typists } from './typing';

/** Messages that one page of history brings. */
const PAGE = 50;

/** A hole larger than this is not filled but forgotten, with what lies below it: scrolling up loads it again. */
const LARGEST_GAP = 500;

/** Milliseconds that a hole may close by itself: acks and broadcasts can overtake each other. */
const GAP_PATIENCE_MS = 400;

/** `waiting` means that nothing has been asked for yet, or that there may be more. */
export type LoadState = 'waiting' | 'loading' | 'failed';

export interface TextRoomOptions {
  readonly channel: Channel<TextPayloads>;
  /** The reader's own userId. */
  readonly me: string;
  readonly kept: KeptText;
  readonly clock?: Clock;
  /** A new id for a message, 1 to 64 of `[A-Za-z0-9_-]`. Default: a random UUID. */
  readonly newId?: () => string;
}

/** The conversation of one exchange: what was said, what is being sent, who types, who came and went. */
export class TextRoom {
  private readonly channel: Channel<TextPayloads>;
  private readonly kept: KeptText;
  private readonly clock: Clock;
  private readonly newId: () => string;
  private readonly subscriptions = new Subscription();
  private readonly pace = new TypingPace();
  private readonly knownLog = signal<MessageLog>(emptyLog);
  private readonly knownNotices = signal<readonly Notice[]>([]);
  private readonly waiting = signal<readonly Outgoing[]>([]);
  private readonly typists = signal<Typists>(nobodyTypes);
  private readonly newest = signal<LoadState>('waiting');
  private readonly oldest = signal<LoadState>('waiting');
  private readonly latest = signal<LoggedMessage | undefined>(undefined);
  private fillingGap = false;
  private closed = false;
  private stopTypingTimer: () => void = () => undefined;
  private stopGapTimer: () => void = () => undefined;

  readonly me: string;
  readonly log = this.knownLog.asReadonly();
  readonly notices = this.knownNotices.asReadonly();
  readonly outgoing = this.waiting.asReadonly();
  /** userIds, in the order in which they began. */
  readonly typing = computed(() => [...this.typists().keys()]);
  /** The newest page: until it is there nothing is shown. */
  readonly opening = this.newest.asReadonly();
  /** Pages above what is shown. */
  readonly older = this.oldest.asReadonly();
  readonly isOpen = computed(() => this.knownLog().spans.length > 0);
  readonly atBeginning = computed(() => reachesBeginning(this.knownLog()));
  /** The last message of somebody else that came while this page was open, for reading it out. */
  readonly heard = this.latest.asReadonly();

  constructor({ channel, me, kept, clock = systemClock, newId = () => crypto.randomUUID() }: TextRoomOptions) {
    this.channel = channel;
    this.me = me;
    this.kept = kept;
    this.clock = clock;
    this.newId = newId;
  }

  /** Joins the topic, asks for the newest page and sends what was left over. Call `close` when done. */
  open(): void {
    const { messages, subscriber, unsubscriber } = this.channel;
    this.subscriptions.add(messages.subscribe((message) => this.receive(message)));
    this.subscriptions.add(subscriber.subscribe(({ userId }) => this.note(userId, 'joined')));
    this.subscriptions.add(unsubscriber.subscribe(({ userId }) => this.note(userId, 'left')));
    this.waiting.set(this.kept.readOutgoing());
    for (const message of this.waiting()) this.transmit(message);
    void this.loadNewest();
  }

  /** Leaves the topic; what still waits is sent first. */
  close(): void {
    this.closed = true;
    this.subscriptions.unsubscribe();
    this.stopTypingTimer();
    this.stopGapTimer();
  }

  /** Loads the newest page; for the first time, or again after it failed. */
  async loadNewest(): Promise<void> {
    if (this.newest() === 'loading') return;
    await this.load(this.newest, undefined);
  }

  /** Loads the page above what is known. Does nothing at the beginning, or while a page is on its way. */
  async loadOlder(): Promise<void> {
    const before = olderThan(this.knownLog());
    if (before !== undefined && this.oldest() !== 'loading') await this.load(this.oldest, before);
  }

  send(text: string): void {
    const id = this.newId();
    this.setWaiting(addOutgoing(this.waiting(), { id, text, at: this.clock.now() }));
    this.pace.reset();
    this.transmit({ id, text });
  }

  /** Sends a failed message again, under the id it had (P3). */
  retry(id: string): void {
    const message = this.waiting().find((entry) => entry.id === id);
    if (message?.delivery.state !== 'failed') return;
    this.setWaiting(setDelivery(this.waiting(), id, { state: 'sending' }));
    this.transmit(message);
  }

  /** Forgets a failed message. */
  discard(id: string): void {
    this.setWaiting(removeOutgoing(this.waiting(), id));
  }

  /** Tells the others that one is typing, not more often than they need to hear it. */
  type(): void {
    if (this.pace.isDue(this.clock.now())) this.channel.sendMessage('typing', {}, { volatile: true });
  }

  private transmit({ id, text }: Pick<Outgoing, 'id' | 'text'>): void {
    this.channel.storeMessage('message', { text }, { id }).then(
      (ack) => this.confirm(id, text, ack),
      (error: unknown) => {
        this.setWaiting(setDelivery(this.waiting(), id, sendFailure(error)));
      },
    );
  }

  /** Acknowledged means committed (P2): from here on the message is part of the conversation. */
  private confirm(id: string, text: string, { seq, timestamp }: Ack): void {
    if (seq !== undefined) this.learn({ seq, id, userId: this.me, text, at: Date.parse(timestamp) });
    this.setWaiting(removeOutgoing(this.waiting(), id));
  }

  private receive(message: TopicMessage<TextPayloads>): void {
    const { userId, seq } = message;
    if (message.action === 'typing') {
      if (userId !== undefined && userId !== this.me)
        this.setTypists(startedTyping(this.typists(), userId, this.clock.now()));
      return;
    }
    if (seq === undefined) return;
    const logged = toLogged(message);
    if (logged === undefined) {
      this.knownLog.set(addUnreadable(this.knownLog(), seq));
      return;
    }
    this.setTypists(stoppedTyping(this.typists(), logged.userId));
    const isNews = seq > lastSeq(this.knownLog()) && logged.userId !== this.me;
    this.learn(logged);
    if (isNews) this.latest.set(logged);
  }

  private learn(message: LoggedMessage): void {
    this.knownLog.set(addMessage(this.knownLog(), message));
    if (message.userId === this.me && message.id !== undefined) {
      this.setWaiting(removeOutgoing(this.waiting(), message.id));
    }
    this.watchGap();
  }

  private note(userId: string, change: Notice['change']): void {
    if (change === 'left') this.setTypists(stoppedTyping(this.typists(), userId));
    if (userId === this.me) return;
    const before = this.knownNotices();
    const afterSeq = lastSeq(this.knownLog());
    this.knownNotices.set([
      ...before,
      { key: `notice:${before.length}`, afterSeq, at: this.clock.now(), userId, change },
    ]);
  }

  private async load(state: typeof this.newest, before: number | undefined): Promise<void> {
    state.set('loading');
    let page: TopicPage<TextPayloads>;
    try {
      page = await this.channel.loadMessages({ before, limit: PAGE });
    } catch {
      // Why is the connection's to say, and the page shows it; here there is only something to try again.
      state.set('failed');
      return;
    }
    this.knownLog.set(withPage(this.knownLog(), page, before));
    state.set('waiting');
    this.watchGap();
  }

  /** A live message can come before the page that joins it to what is known, and a reconnect can leave a hole. */
  private watchGap(): void {
    if (this.fillingGap || this.closed || newestGap(this.knownLog()) === undefined) return;
    this.stopGapTimer();
    this.stopGapTimer = this.clock.after(GAP_PATIENCE_MS, () => void this.fillGap());
  }

  private async fillGap(): Promise<void> {
    const gap = newestGap(this.knownLog());
    if (gap === undefined || this.fillingGap) return;
    if (gap.missing > LARGEST_GAP) {
      this.knownLog.set(forgetBelowGap(this.knownLog()));
      return;
    }
    this.fillingGap = true;
    await this.load(this.oldest, gap.before);
    this.fillingGap = false;
    // After a failure the next message, or scrolling, tries again.
    if (this.oldest() !== 'failed') this.watchGap();
  }

  private setWaiting(all: readonly Outgoing[]): void {
    if (all === this.waiting()) return;
    this.waiting.set(all);
    this.kept.writeOutgoing(all);
  }

  private setTypists(typists: Typists): void {
    if (typists === this.typists()) return;
    this.typists.set(typists);
    this.stopTypingTimer();
    const now = this.clock.now();
    const wait = nextToStop(typists, now);
    if (wait === undefined || this.closed) return;
    this.stopTypingTimer = this.clock.after(wait, () => this.setTypists(stillTyping(this.typists(), this.clock.now())));
  }
}

function toLogged(message: TopicMessage<TextPayloads>): LoggedMessage | undefined {
  const { seq, id, userId, timestamp } = message;
  if (message.action !== 'message' || seq === undefined || userId === undefined) return undefined;
  const text = readText(message.payload);
  return text === undefined ? undefined : { seq, id, userId, text, at: Date.parse(timestamp) };
}

function withPage(log: MessageLog, page: TopicPage<TextPayloads>, before: number | undefined): MessageLog {
  const lowest = page.messages[0]?.seq;
  const to = before === undefined ? (page.messages.at(-1)?.seq ?? 0) : before - 1;
  const messages = page.messages.map(toLogged).filter((message) => message !== undefined);
  // A page without messages that claims older ones would be asked for again for ever.
  return addPage(log, { messages, from: page.more && lowest !== undefined ? lowest : 1, to });
}
