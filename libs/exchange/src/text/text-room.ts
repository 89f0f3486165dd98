import { computed, signal } from '@angular/core';
import {
  type Channel,
  type Clock,
  newMessageId,
  type OutgoingMessage,
  systemClock,
  type TopicMessage,
  type TopicPage,
} from '@parley/client';
import { Subscription } from 'rxjs';
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
import { outgoingTexts } from './outgoing';
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
  readonly clock?: Clock;
  /** A new id for a message, 1 to 64 of `[A-Za-z0-9_-]`. Default: a random one. */
  readonly newId?: () => string;
}

/** The conversation of one exchange: what was said, what is being sent, who types, who came and went. */
export class TextRoom {
  private readonly channel: Channel<TextPayloads>;
  private readonly clock: Clock;
  private readonly newId: () => string;
  private readonly subscriptions = new Subscription();
  private readonly pace = new TypingPace();
  private readonly knownLog = signal<MessageLog>(emptyLog);
  private readonly knownNotices = signal<readonly Notice[]>([]);
  private readonly unsent = signal<readonly OutgoingMessage<TextPayloads>[]>([]);
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
  /** Own messages that are not part of the conversation yet: on their way, or refused. */
  readonly outgoing = computed(() => {
    const waiting = outgoingTexts(this.unsent());
    // The broadcast can be here before the acknowledgement.
    const said = waiting.length === 0 ? new Set() : this.ownIds();
    return waiting.filter(({ id }) => !said.has(id));
  });
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

  constructor({ channel, me, clock = systemClock, newId = newMessageId }: TextRoomOptions) {
    this.channel = channel;
    this.me = me;
    this.clock = clock;
    this.newId = newId;
  }

  /** Joins the topic and asks for the newest page. Call `close` when done. */
  open(): void {
    const { messages, outgoing, subscriber, unsubscriber } = this.channel;
    this.subscriptions.add(outgoing.subscribe((unsent) => this.unsent.set(unsent)));
    this.subscriptions.add(messages.subscribe((message) => this.receive(message)));
    this.subscriptions.add(subscriber.subscribe(({ userId }) => this.note(userId, 'joined')));
    this.subscriptions.add(unsubscriber.subscribe(({ userId }) => this.note(userId, 'left')));
    // What an earlier page left waits in the channel already. This asks to hear of it when it is delivered.
    for (const { id, text, delivery } of this.outgoing()) if (delivery.state === 'sending') this.transmit(id, text);
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
    this.pace.reset();
    this.transmit(this.newId(), text);
  }

  /** Sends a failed message again, under the id it had (P3). */
  retry(id: string): void {
    const message = this.outgoing().find((entry) => entry.id === id);
    if (message?.delivery.state === 'failed') this.transmit(id, message.text);
  }

  /** Forgets a failed message. */
  discard(id: string): void {
    this.channel.discard(id);
  }

  /** Tells the others that one is typing, not more often than they need to hear it. */
  type(): void {
    if (this.pace.isDue(this.clock.now())) this.channel.sendMessage('typing', {}, { volatile: true });
  }

  /** Notes in the conversation that someone else came or left. */
  note(userId: string, change: Notice['change']): void {
    if (change === 'left') this.setTypists(stoppedTyping(this.typists(), userId));
    if (userId === this.me) return;
    const before = this.knownNotices();
    const afterSeq = lastSeq(this.knownLog());
    this.knownNotices.set([
      ...before,
      { key: `notice:${before.length}`, afterSeq, at: this.clock.now(), userId, change },
    ]);
  }

  private transmit(id: string, text: string): void {
    this.channel.storeMessage('message', { text }, { id }).then(
      ({ seq, timestamp }) => {
        // Acknowledged means committed (P2): from here on the message is part of the conversation.
        if (seq !== undefined) this.learn({ seq, id, userId: this.me, text, at: Date.parse(timestamp) });
      },
      // Why is said beside the message, by the channel's `outgoing`.
      () => undefined,
    );
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
    this.discardSaid();
    this.watchGap();
  }

  private ownIds(): ReadonlySet<string | undefined> {
    return new Set(this.knownLog().messages.flatMap(({ userId, id }) => (userId === this.me ? id : [])));
  }

  /** The server said that it had failed at a message, and had not: it is part of the conversation. */
  private discardSaid(): void {
    const failed = this.unsent().filter(({ failure }) => failure !== undefined);
    if (failed.length === 0) return;
    const said = this.ownIds();
    for (const { id } of failed) if (said.has(id)) this.channel.discard(id);
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
    this.discardSaid();
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
