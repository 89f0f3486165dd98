import type { Observable } from 'rxjs';
import type { PeerMedia, VideoLevel } from './media-engine';
import type { Tracks } from './tracks';

/** Up to so many members see each other; with more, the call is audio only: in a mesh each sends to every other. */
export const VIDEO_MEMBERS = 6;

export const reactions = ['thumbs-up', 'heart', 'laugh', 'celebrate', 'surprised', 'clap'] as const;
export type Reaction = (typeof reactions)[number];

/** What of a member's own is on. `off`: there is a device, and it is muted. `none`: there is no device. */
export type Switch = 'on' | 'off' | 'none';

/** What members tell of themselves. */
export interface OwnState {
  readonly microphone: Switch;
  /** `paused`: switched off by the app because the network or the processor is short; it comes back by itself. */
  readonly camera: Switch | 'paused';
  readonly screen: boolean;
}

/** Someone in the call. */
export interface CallMember extends OwnState {
  readonly userId: string;
  readonly seat: string;
  readonly connectionId: string;
  /** When they joined, ISO 8601, the server's clock. */
  readonly joinedAt: string;
  /** Since when their hand is up, ISO 8601, the server's clock. The earliest comes first. */
  readonly handAt: string | undefined;
}

/**
 * Where oneself stands.
 *
 * - `out`: not in the call
 * - `joining`: asked to, and the server has not said so yet
 * - `in`
 */
export type CallPhase = 'out' | 'joining' | 'in';

/**
 * Why one is out of a call that one was in: `left` by oneself; `elsewhere`: joined from another window or device of
 * the same person; `shut-out`: no longer allowed in, or the exchange has ended.
 */
export type CallEnd = 'left' | 'elsewhere' | 'shut-out';

/**
 * The call of one exchange, also while one is not in it: who is, what they do, and their media. All streams are replayed
 * to late observers, except `reactions`; none ever fails.
 */
export interface CallSession {
  readonly phase: Observable<CallPhase>;
  /** Why the last call ended; undefined before one did, and while in one. */
  readonly ended: Observable<CallEnd | undefined>;
  /** Everyone in the call in the order of joining, oneself included. */
  readonly members: Observable<readonly CallMember[]>;
  /** By userId, without oneself; empty while out. */
  readonly peers: Observable<ReadonlyMap<string, PeerMedia>>;
  /** Not replayed; one's own too. */
  readonly reactions: Observable<{ readonly userId: string; readonly reaction: Reaction }>;
  /** True from the 7th member on: cameras and screens are then neither sent nor shown. */
  readonly audioOnly: Observable<boolean>;
  /** How much of one's own camera goes out; while `paused` the others are told so. */
  readonly ownVideo: Observable<VideoLevel>;
  /** Begins to listen to the topic. */
  open(): void;
  /** Leaves, and stops listening. */
  close(): void;
  join(own: OwnState, tracks: Tracks): void;
  leave(): void;
  /** Says what is on now, and sends these tracks. While out it does nothing. */
  update(own: OwnState, tracks: Tracks): void;
  raiseHand(up: boolean): void;
  react(reaction: Reaction): void;
  /** The network may have changed. */
  networkChanged(): void;
}
