import type { Json } from '@parley/protocol';
import type { Observable } from 'rxjs';
import type { LinkQuality } from './quality/link-quality';
import type { Tracks } from './tracks';

/** Another member of the call, and where to reach them. */
export interface Peer {
  readonly userId: string;
  /** Random, new with each joining: two calls of one person after one another are not mixed up. */
  readonly seat: string;
  /** Where directed messages go now; it changes when a server restarts, and the media go on. */
  readonly connectionId: string;
}

/**
 * How the media to and from a peer are.
 *
 * - `connecting`: not yet
 * - `connected`
 * - `reconnecting`: they were, and the path broke; it is being mended (ICE restart, RFC 8445 §9)
 * - `failed`: no path was found in time; `trouble` says what is known. It goes on trying
 */
export type MediaState = 'connecting' | 'connected' | 'reconnecting' | 'failed';

/**
 * - `relay-refused`: the TURN server did not accept the credentials (401)
 * - `relay-unreachable`: the TURN server did not answer
 * - `no-path`: neither a direct nor a relayed path works
 */
export type MediaTrouble = 'relay-refused' | 'relay-unreachable' | 'no-path';

/** How much of one's own video goes out: the app takes some away while the processor or the network is short. */
export type VideoLevel = 'full' | 'reduced' | 'low' | 'paused';

export interface PeerMedia {
  readonly userId: string;
  readonly state: MediaState;
  readonly trouble: MediaTrouble | undefined;
  /** What comes from them, by what it is for; present from the first connection on, whether or not something flows. */
  readonly tracks: Tracks;
  /** Undefined until it was measured. */
  readonly quality: LinkQuality | undefined;
  /** How loud their microphone is now, 0 to 1. */
  level(): number;
}

/**
 * Carries media between the members of one call. The mesh is one; a selective forwarding unit would be another.
 * Nothing here throws: what goes wrong is in {@link PeerMedia}.
 */
export interface MediaEngine {
  /** By userId; replayed to late observers. */
  readonly peers: Observable<ReadonlyMap<string, PeerMedia>>;
  /** Replayed. Video gives way to audio, one's own camera first. */
  readonly ownVideo: Observable<VideoLevel>;
  /**
   * The userId of someone from whom nothing comes any more: no media, and no signals either. Told again and again for as
   * long as that is so.
   */
  readonly lost: Observable<string>;
  /** Someone sends signals and is none of those with whom media are exchanged; mostly one who is about to be. */
  readonly strangers: Observable<{ readonly userId: string; readonly connectionId: string }>;
  /** With whom media are exchanged from now on. Whoever is not listed is cut off at once. */
  connectTo(peers: readonly Peer[]): void;
  /** What goes out to everyone from now on. A track may be exchanged for another at any time. */
  send(tracks: Tracks): void;
  /** A signalling message from a peer. */
  hear(from: { readonly userId: string; readonly connectionId: string }, payload: Json): void;
  /**
   * Signalling messages may be lost, since a connection to the server was away: they are said again.
   *
   * @param userId whose; default: everyone's, since it was one's own
   */
  signalsLost(userId?: string): void;
  /** The network may have changed: paths that do not work are sought anew, at once. */
  networkChanged(): void;
  close(): void;
}
