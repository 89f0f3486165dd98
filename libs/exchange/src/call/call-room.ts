import { computed, effect, type EffectRef, type Injector, signal, untracked } from '@angular/core';
import type { CallEnd, CallMember, CallPhase, CallSession, PeerMedia, Reaction, VideoLevel } from '@parley/call';
import { Subject, Subscription } from 'rxjs';
import type { CallParts } from './call-parts';
import { type CallNews, linkNews, MemberWatch } from './member-watch';
import { OwnMedia } from './own-media';
import type { ReloadMark } from './reload-mark';
import { browserStorage, Remembered } from './remembered';

/** What the page shows of the call: who is in it, the lobby, or the call itself. */
export type CallMode = 'out' | 'lobby' | 'in';

export interface CallRoomOptions {
  /** The reader's own userId. */
  readonly me: string;
  /** The code of the call, loaded when this is asked. */
  readonly load: () => Promise<CallParts>;
  /** Whether this tab's page went away in the middle of this call. */
  readonly reload: ReloadMark;
  readonly connect: (parts: CallParts, relayOnly: () => boolean) => CallSession;
  /** Where what goes out follows what is on. */
  readonly injector: Injector;
}

/** The call of one exchange as the page sees it: who is in it from the beginning on, and one's own part in it. */
export class CallRoom {
  private readonly options: CallRoomOptions;
  private readonly subscriptions = new Subscription();
  private readonly watch: MemberWatch;
  private readonly heard = new Subject<CallNews>();
  private readonly lobby = signal(false);
  private readonly known = signal<readonly CallMember[]>([]);
  private readonly media = signal<OwnMedia | undefined>(undefined);
  private readonly relayWish = new Remembered('relay-only', browserStorage(), false);
  private readonly wishes = {
    microphone: new Remembered('microphone', browserStorage(), true),
    camera: new Remembered('camera', browserStorage(), true),
  };
  private session: CallSession | undefined;
  private parts: Promise<CallParts> | undefined;
  private sync: EffectRef | undefined;
  private closed = false;

  readonly me: string;
  readonly members = this.known.asReadonly();
  readonly phase = signal<CallPhase>('out');
  readonly ended = signal<CallEnd | undefined>(undefined);
  readonly peers = signal<ReadonlyMap<string, PeerMedia>>(new Map());
  readonly audioOnly = signal(false);
  readonly ownVideo = signal<VideoLevel>('full');
  /** Whether one's address is hidden from the others. */
  readonly relayOnly = signal(this.relayWish.read());
  /** The code of the call could not be loaded. */
  readonly broken = signal(false);
  readonly mode = computed<CallMode>(() => (this.phase() !== 'out' ? 'in' : this.lobby() ? 'lobby' : 'out'));
  /** One's own devices, from the lobby on. */
  readonly own = this.media.asReadonly();
  /** userIds of those whose hand is up, the first one first. */
  readonly hands = computed(() =>
    this.members()
      .filter(({ handAt }) => handAt !== undefined)
      .sort((one, other) => ((one.handAt ?? '') < (other.handAt ?? '') ? -1 : 1))
      .map(({ userId }) => userId),
  );
  readonly inCall = computed<ReadonlySet<string>>(() => new Set(this.members().map(({ userId }) => userId)));
  readonly handIsUp = computed(() => this.hands().includes(this.me));
  /** What happens in the call while it is shown; not replayed. */
  readonly news = this.heard.asObservable();

  constructor(options: CallRoomOptions) {
    this.options = options;
    this.me = options.me;
    this.watch = new MemberWatch(Date.now());
  }

  /** Loads the call's code and begins to listen to who is in the call. Call `close` when done. */
  async open(): Promise<void> {
    try {
      await this.connect();
      this.broken.set(false);
      if (this.options.reload.take(Date.now())) await this.comeBack();
    } catch {
      // The page says so, with a way to try again.
      this.broken.set(true);
    }
  }

  /** Leaves the call, and stops listening. */
  close(): void {
    this.closed = true;
    this.endOwn();
    this.subscriptions.unsubscribe();
    this.session?.close();
  }

  /** The page goes away, and may be back in a moment. */
  unload(): void {
    if (this.phase() !== 'out') this.options.reload.set(Date.now());
  }

  /** Shows the lobby, and asks the browser for the devices. */
  async enterLobby(): Promise<void> {
    await this.open();
    if (this.session === undefined || this.mode() !== 'out') return;
    const parts = await this.loaded();
    if (this.isClosed() || this.media() !== undefined) return;
    const own = new OwnMedia({
      desk: parts.openDesk(),
      shareScreen: () => parts.shareScreen(),
      meter: (track) => parts.meter(track),
      wants: this.wishes,
    });
    this.media.set(own);
    this.lobby.set(true);
    own.open();
  }

  leaveLobby(): void {
    this.lobby.set(false);
    if (this.phase() === 'out') this.endOwn();
  }

  join(): void {
    const own = this.media();
    if (own === undefined || this.session === undefined) return;
    this.session.join(own.own(), own.tracks());
    this.sync ??= effect(
      () => {
        const state = own.own();
        const tracks = own.tracks();
        const inside = this.phase() !== 'out';
        own.allowVideo(!this.audioOnly());
        untracked(() => inside && this.session?.update(state, tracks));
      },
      { injector: this.options.injector, manualCleanup: true },
    );
  }

  leave(): void {
    this.session?.leave();
  }

  raiseHand(up: boolean): void {
    this.session?.raiseHand(up);
  }

  react(reaction: Reaction): void {
    this.session?.react(reaction);
  }

  hideAddress(hide: boolean): void {
    this.relayWish.write(hide);
    this.relayOnly.set(hide);
  }

  /** The network may have changed. */
  networkChanged(): void {
    this.session?.networkChanged();
  }

  /** The call's code, for what only the lobby needs. @throws whatever loading it throws */
  loaded(): Promise<CallParts> {
    this.parts ??= this.options.load().catch((error: unknown) => {
      this.parts = undefined;
      throw error;
    });
    return this.parts;
  }

  /** As one was: with the devices and the wishes that were remembered. */
  private async comeBack(): Promise<void> {
    await this.enterLobby();
    this.join();
  }

  private async connect(): Promise<void> {
    const parts = await this.loaded();
    if (this.session !== undefined || this.isClosed()) return;
    const session = this.options.connect(parts, () => this.relayOnly());
    this.session = session;
    const { subscriptions } = this;
    subscriptions.add(session.members.subscribe((members) => this.learn(members)));
    subscriptions.add(session.phase.subscribe((phase) => this.moveTo(phase)));
    subscriptions.add(session.ended.subscribe((ended) => this.ended.set(ended)));
    subscriptions.add(
      session.peers.subscribe((peers) => {
        const news = linkNews(this.peers(), peers);
        this.peers.set(peers);
        for (const each of news) this.heard.next(each);
      }),
    );
    subscriptions.add(session.audioOnly.subscribe((audioOnly) => this.audioOnly.set(audioOnly)));
    subscriptions.add(session.ownVideo.subscribe((level) => this.ownVideo.set(level)));
    subscriptions.add(
      session.reactions.subscribe(({ userId, reaction }) => this.heard.next({ kind: 'reaction', userId, reaction })),
    );
    session.open();
  }

  private learn(members: readonly CallMember[]): void {
    const news = this.watch.changed(this.known(), members, Date.now());
    this.known.set(members);
    for (const each of news) this.heard.next(each);
  }

  private moveTo(phase: CallPhase): void {
    const before = this.phase();
    this.phase.set(phase);
    if (phase !== 'out') this.lobby.set(false);
    else if (before !== 'out') this.endOwn();
  }

  private endOwn(): void {
    this.sync?.destroy();
    this.sync = undefined;
    this.media()?.close();
    this.media.set(undefined);
    this.lobby.set(false);
  }

  /** Asked anew after each wait. */
  private isClosed(): boolean {
    return this.closed;
  }
}
