import type { Clock } from '@parley/client';
import type { Encoding } from '../quality/encoding';
import type { StatsReport } from '../quality/stats';
import { Negotiation, type NegotiationPart } from '../signalling/negotiation';
import type { SignalPart } from '../signalling/signal';
import { kindOf, trackRoles, type TrackRole, type Tracks } from '../tracks';
import { SenderLimits } from './sender-limits';

export interface MediaConnectionOptions {
  readonly connection: RTCPeerConnection;
  readonly polite: boolean;
  readonly tracks: Tracks;
  readonly clock: Clock;
  readonly send: (part: NegotiationPart) => void;
  readonly onState: (state: RTCPeerConnectionState) => void;
  /** Another track comes in, or another sender can be set up. */
  readonly onTracks: () => void;
  readonly onCandidateError: (error: { readonly code: number; readonly url: string }) => void;
  /** A relayed candidate was found. */
  readonly onRelayed: () => void;
  /** All candidates are found. */
  readonly onGathered: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * One `RTCPeerConnection` with its four places, one for each role. The polite side makes them, in its first offer; from
 * then on muting, sharing and changing devices only exchange what a place sends: nothing is negotiated again, and no
 * tile can be mixed up. Messages say all the same which place is for what.
 *
 * Why the polite side: it is the one that takes offers back, and Chromium never shows a picture again at a side that does
 * so while its places were made by the other side's description (ADR 0011).
 */
export class MediaConnection {
  readonly negotiation: Negotiation;
  private readonly places = new Map<TrackRole, RTCRtpTransceiver>();
  private readonly limits: SenderLimits;
  /** What each sender was asked to send last. */
  private readonly wanted = new Map<RTCRtpSender, MediaStreamTrack | null>();
  /** What belongs together: a browser keeps sound and picture of one stream in step. */
  private readonly streams = { face: new MediaStream(), screen: new MediaStream() };
  private tracks: Tracks;

  constructor(private readonly options: MediaConnectionOptions) {
    const { connection, polite, clock, send, onError } = options;
    this.tracks = options.tracks;
    this.limits = new SenderLimits(onError);
    this.negotiation = new Negotiation({
      connection,
      polite,
      send,
      clock,
      onError,
      roles: () => this.roles(),
      beforeAnswer: (roles) => this.takePlaces(roles ?? {}),
    });
    connection.onnegotiationneeded = () => this.negotiation.needed();
    connection.onicecandidate = ({ candidate }) => {
      if (candidate === null) {
        options.onGathered();
        return;
      }
      const found = candidate.toJSON();
      if (found.candidate?.includes(' typ relay') === true) options.onRelayed();
      this.negotiation.candidate(found);
    };
    connection.onicecandidateerror = ({ errorCode, url }) => options.onCandidateError({ code: errorCode, url });
    connection.onconnectionstatechange = () => options.onState(connection.connectionState);
    if (polite) this.makePlaces();
  }

  /** Whether paths are sought: from the first description of this side on. */
  get seeks(): boolean {
    return this.options.connection.localDescription !== null;
  }

  /** What comes from the peer. */
  get incoming(): Tracks {
    return Object.fromEntries([...this.places].map(([role, { receiver }]) => [role, receiver.track]));
  }

  /** What is sent of this at most; undefined changes nothing. */
  limit(role: TrackRole, encoding: Encoding | undefined): void {
    const sender = this.places.get(role)?.sender;
    if (sender !== undefined && encoding !== undefined) this.limits.set(sender, encoding);
  }

  receivers(): readonly RTCRtpReceiver[] {
    return [...this.places.values()].map(({ receiver }) => receiver);
  }

  receiver(role: TrackRole): RTCRtpReceiver | undefined {
    return this.places.get(role)?.receiver;
  }

  /** What is counted; empty for a connection that is being closed, which tells nothing any more. */
  stats(): Promise<StatsReport> {
    return this.options.connection.getStats().catch((): StatsReport => new Map());
  }

  send(tracks: Tracks): void {
    this.tracks = tracks;
    for (const [role, { sender }] of this.places) this.put(role, sender);
  }

  /** Seeks a path anew; the present one serves until that one works (RFC 8445 §9). */
  restart(configuration: RTCConfiguration): void {
    const { connection, onError } = this.options;
    try {
      connection.setConfiguration(configuration);
    } catch (error) {
      // Some browsers refuse to change servers; the path may still be found with those of before.
      onError(error);
    }
    connection.restartIce();
  }

  close(): void {
    const { connection } = this.options;
    this.negotiation.close();
    connection.onnegotiationneeded = null;
    connection.onicecandidate = null;
    connection.onicecandidateerror = null;
    connection.onconnectionstatechange = null;
    connection.close();
  }

  private makePlaces(): void {
    const { connection } = this.options;
    for (const role of trackRoles) {
      const place = connection.addTransceiver(kindOf(role), { direction: 'sendrecv', streams: [this.streamOf(role)] });
      this.places.set(role, place);
      this.put(role, place.sender);
    }
    this.options.onTracks();
  }

  /**
   * The peer's first offer made the places; here they get their roles, and what they send. Once and for all: a place whose
   * role another one could take would go on sending what it sent, however often its owner mutes.
   */
  private takePlaces(roles: NonNullable<SignalPart['roles']>): void {
    const taken = new Set(this.places.values());
    for (const place of this.options.connection.getTransceivers()) {
      if (taken.has(place)) continue;
      const role = place.mid === null ? undefined : roles[place.mid];
      if (role === undefined || this.places.has(role) || place.receiver.track.kind !== kindOf(role)) {
        place.direction = 'inactive';
        continue;
      }
      place.direction = 'sendrecv';
      place.sender.setStreams(this.streamOf(role));
      this.places.set(role, place);
      this.put(role, place.sender);
    }
    this.options.onTracks();
  }

  private streamOf(role: TrackRole): MediaStream {
    return this.streams[role === 'microphone' || role === 'camera' ? 'face' : 'screen'];
  }

  private roles(): SignalPart['roles'] {
    const named = [...this.places].flatMap(([role, { mid }]) => (mid === null ? [] : [[mid, role] as const]));
    return named.length === 0 ? undefined : Object.fromEntries(named);
  }

  private put(role: TrackRole, sender: RTCRtpSender): void {
    const track = this.tracks[role] ?? null;
    // `sender.track` says what was, until the browser has come to what was asked for before.
    if (this.wanted.get(sender) === track) return;
    this.wanted.set(sender, track);
    sender.replaceTrack(track).catch((error: unknown) => {
      // Then it is not known what is sent: the next change is asked for in any case.
      this.wanted.delete(sender);
      this.options.onError(error);
    });
  }
}
