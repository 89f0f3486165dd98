import type {
  CallEnd,
  CallMember,
  CallPhase,
  CallSession,
  OwnState,
  PeerMedia,
  Reaction,
  Tracks,
  VideoLevel,
} from '@parley/call';
import { BehaviorSubject, Subject } from 'rxjs';

/** A call that does what the test says, and remembers what it was told. */
export class FakeSession implements CallSession {
  readonly phase = new BehaviorSubject<CallPhase>('out');
  readonly ended = new BehaviorSubject<CallEnd | undefined>(undefined);
  readonly members = new BehaviorSubject<readonly CallMember[]>([]);
  readonly peers = new BehaviorSubject<ReadonlyMap<string, PeerMedia>>(new Map());
  readonly reactions = new Subject<{ userId: string; reaction: Reaction }>();
  readonly audioOnly = new BehaviorSubject(false);
  readonly ownVideo = new BehaviorSubject<VideoLevel>('full');
  readonly told: { readonly own: OwnState; readonly tracks: Tracks }[] = [];
  readonly done: string[] = [];
  /** One's own userId. */
  me = '';

  open(): void {
    this.done.push('open');
  }

  close(): void {
    this.done.push('close');
  }

  join(own: OwnState, tracks: Tracks): void {
    this.told.push({ own, tracks });
    this.done.push('join');
    this.phase.next('joining');
  }

  leave(): void {
    this.done.push('leave');
    this.end('left');
    this.members.next(this.members.value.filter(({ userId }) => userId !== this.me));
  }

  update(own: OwnState, tracks: Tracks): void {
    this.told.push({ own, tracks });
  }

  raiseHand(up: boolean): void {
    this.done.push(up ? 'hand up' : 'hand down');
  }

  react(reaction: Reaction): void {
    this.done.push(reaction);
  }

  networkChanged(): void {
    this.done.push('network changed');
  }

  /** The server has said that one is in, with these. */
  enter(...members: readonly CallMember[]): void {
    this.members.next(members);
    this.phase.next('in');
  }

  end(reason: CallEnd): void {
    this.ended.next(reason);
    this.phase.next('out');
  }

  /** Media to and from these. */
  connect(...peers: readonly PeerMedia[]): void {
    this.peers.next(new Map(peers.map((peer) => [peer.userId, peer])));
  }
}

/** Someone in the call. */
export function member(userId: string, more: Partial<CallMember> = {}): CallMember {
  return {
    userId,
    seat: `seat-${userId}`,
    connectionId: `connection-${userId}`,
    joinedAt: new Date().toISOString(),
    handAt: undefined,
    microphone: 'on',
    camera: 'on',
    screen: false,
    ...more,
  };
}

/** Media to and from someone. */
export function peer(userId: string, more: Partial<PeerMedia> = {}): PeerMedia {
  return { userId, state: 'connected', trouble: undefined, tracks: {}, quality: undefined, level: () => 0, ...more };
}
