import { newMessageId, systemClock, type Clock, type SendOptions, type TopicMessage } from '@parley/client';
import type { Participant } from '@parley/protocol';
import { BehaviorSubject, distinctUntilChanged, filter, skip, Subject, type Observable, Subscription } from 'rxjs';
import { CallMedia } from './call-media';
import type { CallOptions } from './call-options';
import { readPayload, type CallActions } from './call-actions';
import {
  type CallEnd,
  type CallMember,
  type CallPhase,
  type CallSession,
  type OwnState,
  type Reaction,
} from './call-state';
import type { PeerMedia, VideoLevel } from './media-engine';
import { Askers } from './membership/askers';
import { inOrder, joined, left, nobody, raised, sameState, told, type Members, type Said } from './membership/members';
import { Vanished } from './membership/vanished';
import { Mesh } from './mesh/mesh';
import type { Tracks } from './tracks';

/** Milliseconds in which whoever is there would have been heard. */
const HEARD_MS = 15_000;

/** Connections that one message can be directed to (P4). */
const ADDRESSEES = 64;

/** The call of one exchange over its topic, with the media in a mesh. */
export class Call implements CallSession {
  readonly phase: Observable<CallPhase>;
  readonly ended: Observable<CallEnd | undefined>;
  readonly members: Observable<readonly CallMember[]>;
  readonly peers: Observable<ReadonlyMap<string, PeerMedia>>;
  readonly reactions: Observable<{ readonly userId: string; readonly reaction: Reaction }>;
  readonly audioOnly: Observable<boolean>;
  readonly ownVideo: Observable<VideoLevel>;

  private readonly phaseNow = new BehaviorSubject<CallPhase>('out');
  private readonly endedNow = new BehaviorSubject<CallEnd | undefined>(undefined);
  private readonly membersNow = new BehaviorSubject<readonly CallMember[]>([]);
  private readonly reactionsNow = new Subject<{ readonly userId: string; readonly reaction: Reaction }>();

  private readonly media: CallMedia;
  private readonly vanished: Vanished;
  private readonly askers: Askers;
  private readonly unknown: Askers;
  private listening: Subscription | undefined;
  private readonly clock: Clock;
  /** Since when there is a connection to the server; `Infinity` while there is none. */
  private joinedAt = Infinity;
  private known: Members = nobody;
  private here: readonly Participant[] = [];
  private own: OwnState = { microphone: 'none', camera: 'none', screen: false };
  private seat = '';

  constructor(private readonly options: CallOptions) {
    const { channel, me, clock = systemClock } = options;
    this.clock = clock;
    this.media = new CallMedia({
      userId: me,
      iceServers: options.iceServers,
      relayOnly: options.relayOnly ?? (() => false),
      createConnection: options.createConnection ?? ((configuration) => new RTCPeerConnection(configuration)),
      createEngine: options.createEngine ?? ((engine) => new Mesh(engine)),
      clock,
      signal: (connectionId, payload) => {
        // While one is away nothing waits that would be stale when one is back: then it is said again, as all that is lost.
        if (!this.isConnected) return;
        channel.sendMessage('call-signal', payload, { to: [connectionId] }).catch(() => undefined);
      },
    });
    this.vanished = new Vanished(clock, (userId) => this.setMembers(left(this.known, userId)));
    this.askers = new Askers(clock, (who) => this.answer(who));
    // Who was lost, and was there all the time: a page that was frozen does not know that it was.
    this.unknown = new Askers(clock, (who) =>
      this.say('call-hello', null, { to: [...who.keys()].slice(0, ADDRESSEES) }),
    );
    this.phase = this.phaseNow.asObservable();
    this.ended = this.endedNow.asObservable();
    this.members = this.membersNow.asObservable();
    this.peers = this.media.peers.asObservable();
    this.reactions = this.reactionsNow.asObservable();
    this.audioOnly = this.media.audioOnly.asObservable();
    this.ownVideo = this.media.ownVideo.asObservable();
  }

  open(): void {
    if (this.listening !== undefined) return;
    const { channel } = this.options;
    const listening = new Subscription();
    this.listening = listening;
    // That one's camera has given way is for the others to know.
    listening.add(this.media.ownVideo.pipe(skip(1), distinctUntilChanged()).subscribe(() => this.tell()));
    listening.add(this.media.lost.subscribe((userId) => this.lose(userId)));
    listening.add(this.media.strangers.subscribe(({ connectionId, userId }) => this.unknown.ask(connectionId, userId)));
    listening.add(channel.messages.subscribe((message) => this.hear(message)));
    listening.add(channel.userList.subscribe((list) => this.see(list)));
    listening.add(
      channel.state.subscribe((state) => {
        this.joinedAt = state === 'joined' ? this.clock.now() : Infinity;
        if (state === 'joined') this.greet();
        else this.vanished.interrupted();
        if (state === 'refused' || state === 'revoked') this.shutOut();
      }),
    );
    listening.add(channel.allowed.pipe(filter(({ publish }) => !publish)).subscribe(() => this.shutOut()));
  }

  close(): void {
    this.leave();
    this.listening?.unsubscribe();
    this.listening = undefined;
    this.vanished.close();
    this.askers.close();
    this.unknown.close();
    this.known = nobody;
    this.membersNow.next([]);
  }

  join(own: OwnState, tracks: Tracks): void {
    if (this.phaseNow.value !== 'out') return;
    this.own = own;
    this.seat = newMessageId();
    this.endedNow.next(undefined);
    this.phaseNow.next('joining');
    // Made ahead: the way to the relay is asked for while the server says that one is in.
    this.media.start(this.seat, tracks);
    this.sayJoin();
  }

  leave(): void {
    if (this.phaseNow.value === 'out') return;
    this.end('left');
  }

  update(own: OwnState, tracks: Tracks): void {
    if (this.phaseNow.value === 'out') return;
    const before = this.announced();
    this.own = own;
    this.media.send(tracks);
    if (!sameState(before, this.announced())) this.tell();
  }

  raiseHand(up: boolean): void {
    // A hand that goes up when one is back would be a surprise to everyone.
    if (this.phaseNow.value === 'in' && this.isConnected) this.say('call-hand', { seat: this.seat, up });
  }

  react(reaction: Reaction): void {
    if (this.phaseNow.value !== 'in') return;
    this.options.channel.sendMessage('call-reaction', { reaction }, { volatile: true });
  }

  networkChanged(): void {
    this.media.networkChanged();
  }

  private hear(message: TopicMessage<CallActions>): void {
    const { userId, sender, timestamp, action, payload } = message;
    if (userId === undefined || sender === null) return;
    // Missed while one was away, from somebody who has left since.
    if (!this.here.some((participant) => participant.userId === userId)) return;
    const said: Said = { userId, connectionId: sender, at: timestamp };
    switch (action) {
      case 'call-join':
        this.hearJoin(said, readPayload(action, payload));
        break;
      case 'call-state':
        this.hearState(said, readPayload(action, payload));
        break;
      case 'call-leave':
        this.setMembers(left(this.known, userId, readPayload(action, payload)?.seat ?? ''));
        break;
      case 'call-hand': {
        const hand = readPayload(action, payload);
        if (hand !== undefined) this.setMembers(raised(this.known, said, hand));
        break;
      }
      case 'call-reaction': {
        const reaction = readPayload(action, payload)?.reaction;
        if (reaction !== undefined && this.known.has(userId)) this.reactionsNow.next({ userId, reaction });
        break;
      }
      case 'call-hello':
        if (this.phaseNow.value === 'in' && sender !== this.ownAddress()) this.askers.ask(sender, userId);
        break;
      case 'call-signal':
        // Without an offset it was directed (P4): what is said to everyone is not for this connection.
        if (message.offset === undefined) this.media.hear(said, payload);
        break;
    }
  }

  private hearJoin(said: Said, state: ReturnType<typeof readPayload<'call-join'>>): void {
    if (state === undefined) return;
    const isOwn = said.userId === this.options.me;
    const hasJoined = isOwn && state.seat === this.seat && this.phaseNow.value === 'joining';
    if (hasJoined) this.phaseNow.next('in');
    // From another window of one's own, after one's own joining: that is where one is now.
    else if (isOwn && state.seat !== this.seat && this.phaseNow.value === 'in') this.end('elsewhere');
    else if (isOwn && state.seat === this.seat && this.phaseNow.value === 'out') {
      // Told late, or twice: one has left since.
      this.say('call-leave', { seat: this.seat });
    }
    this.setMembers(joined(this.known, said, state));
    // What was switched meanwhile was not said; and whoever came while one was away did not hear the joining.
    if (hasJoined) this.tell();
  }

  private hearState(said: Said, state: ReturnType<typeof readPayload<'call-state'>>): void {
    if (state === undefined) return;
    if (said.userId === this.options.me) {
      const inThisSeat = state.seat === this.seat;
      // One has left since.
      if (inThisSeat && this.phaseNow.value === 'out') return;
      // Joined from another window while this one was away, and did not hear it.
      const joinedAt = this.known.get(said.userId)?.joinedAt ?? '';
      if (!inThisSeat && this.phaseNow.value === 'in' && state.joinedAt > joinedAt) this.end('elsewhere');
    }
    this.setMembers(told(this.known, said, state));
  }

  /** Who is present, as the server says: whoever is not is in no call. */
  private see(list: readonly Participant[]): void {
    this.here = list;
    const userIds = new Set(list.map(({ userId }) => userId));
    let members = this.known;
    for (const member of members.values()) {
      if (!userIds.has(member.userId) && !this.isOwnSeat(member)) members = left(members, member.userId);
    }
    this.setMembers(members);
    this.watchAddresses();
  }

  /** One is in the topic, or is again: says what the others may have missed, and asks for what oneself has. */
  private greet(): void {
    this.options.channel.sendMessage('call-hello', null, { volatile: true });
    // A server that restarted may have taken what was said last, and told nobody.
    if (this.phaseNow.value === 'joining') this.sayJoin();
    else this.tell();
    this.media.signalsLost();
  }

  /**
   * Nothing comes from them, over the network or the server: whoever is still there says so on coming back. One's own
   * connection must have been there long enough to have heard of them.
   */
  private lose(userId: string): void {
    if (this.clock.now() - this.joinedAt >= HEARD_MS) this.setMembers(left(this.known, userId));
  }

  private answer(askers: ReadonlyMap<string, string>): void {
    if (this.phaseNow.value !== 'in') return;
    this.tell([...askers.keys()].slice(0, ADDRESSEES));
    // Whoever asks was not there before, and has missed what was said to them.
    for (const userId of new Set(askers.values())) this.media.signalsLost(userId);
  }

  private get isConnected(): boolean {
    return this.joinedAt !== Infinity;
  }

  /** @param to connectionIds; everyone without */
  private tell(to?: readonly string[]): void {
    const me = this.known.get(this.options.me);
    // Without the server's word for when one joined there is nothing to tell yet; and whoever comes back says it then.
    if (me?.seat !== this.seat || !this.isConnected) return;
    const { joinedAt, handAt } = me;
    this.say(
      'call-state',
      { ...this.announced(), seat: this.seat, joinedAt, handAt: handAt ?? null },
      to === undefined ? {} : { to },
    );
  }

  /** Its id is the seat: said again, it is told once (P3), lest it took the place of a later seat. */
  private sayJoin(): void {
    const { channel, me } = this.options;
    const state = { ...this.announced(), seat: this.seat };
    channel.sendMessage('call-join', state, { id: this.seat }).then(
      ({ timestamp }) => {
        // Mostly heard by now. Who was away when it was told learns here that it was.
        if (this.phaseNow.value === 'joining' && this.seat === state.seat) {
          this.hearJoin({ userId: me, connectionId: '', at: timestamp }, state);
        }
      },
      // Said again when the topic is joined again; what is refused shows in the topic's state.
      () => undefined,
    );
  }

  private say<A extends Exclude<keyof CallActions, 'call-reaction'>>(
    action: A,
    payload: CallActions[A],
    options: SendOptions = {},
  ): void {
    const sent = this.options.channel.sendMessage(action, payload, options);
    // What could not be sent is said again when the topic is joined again; what is refused shows in the topic's state.
    sent.catch(() => undefined);
  }

  /** What the others are told: a camera that gives way to the network is not one that its owner switched off. */
  private announced(): OwnState {
    const gaveWay = this.own.camera === 'on' && this.media.ownVideo.value === 'paused';
    return gaveWay ? { ...this.own, camera: 'paused' } : this.own;
  }

  private setMembers(members: Members): void {
    if (members === this.known) return;
    this.known = members;
    const ordered = inOrder(members);
    this.membersNow.next(ordered);
    this.media.count(ordered.length);
    this.connect();
    this.watchAddresses();
  }

  private connect(): void {
    if (this.phaseNow.value !== 'in') return;
    this.media.connectTo([...this.known.values()].filter(({ userId }) => userId !== this.options.me));
  }

  private watchAddresses(): void {
    this.vanished.watch(
      [...this.known.values()].filter((member) => !this.isOwnSeat(member)),
      this.here,
    );
  }

  /** Whether it is oneself, in this window: who reads this is here, whatever else is said. */
  private isOwnSeat({ userId, seat }: CallMember): boolean {
    return userId === this.options.me && seat === this.seat && this.phaseNow.value === 'in';
  }

  private ownAddress(): string | undefined {
    return this.known.get(this.options.me)?.seat === this.seat
      ? this.known.get(this.options.me)?.connectionId
      : undefined;
  }

  private end(reason: CallEnd): void {
    // Also when one is elsewhere now: what this window said before may reach someone after what the other one said.
    this.say('call-leave', { seat: this.seat });
    this.media.stop();
    this.phaseNow.next('out');
    this.endedNow.next(reason);
    this.setMembers(left(this.known, this.options.me, this.seat));
  }

  private shutOut(): void {
    if (this.phaseNow.value !== 'out') this.end('shut-out');
    this.setMembers(nobody);
  }
}
