import type { Clock } from '@parley/client';
import { Subject } from 'rxjs';
import { heardLevel } from '../devices/heard-level';
import type { MediaState, MediaTrouble, Peer, PeerMedia, VideoLevel } from '../media-engine';
import { encodingFor } from '../quality/encoding';
import type { LinkQuality } from '../quality/link-quality';
import { screenEncodingFor } from '../quality/screen-encoding';
import { qualityOf, readSample, strainOf, type LinkSample } from '../quality/link-sample';
import type { Strain } from '../quality/video-ladder';
import type { Signal, SignalPart } from '../signalling/signal';
import type { Tracks } from '../tracks';
import { Flow } from './flow';
import type { IceConfiguration } from './ice-configuration';
import { LinkWatch } from './link-watch';
import { MediaConnection } from './media-connection';

/** RFC 8489 §9.2.4: the relay refused the credentials. */
const UNAUTHENTICATED = 401;

/** Signals that wait while the connection is being made. */
const HELD_SIGNALS = 64;

/** Milliseconds between two connections that are made because the peer made another one. */
const FOLLOW_MS = 1_000;

export interface LinkOptions {
  readonly peer: Peer;
  readonly polite: boolean;
  readonly tracks: Tracks;
  readonly ice: IceConfiguration;
  readonly createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly send: (part: SignalPart) => void;
  readonly clock: Clock;
  readonly generations: { last: number };
}

/**
 * The media between oneself and one other member. Beneath it is one `RTCPeerConnection` at a time: when ICE restarts do
 * not help, or the peer began anew, a new one takes its place. Both sides count theirs: what belongs to an earlier one
 * is not mixed up with the present one.
 */
export class Link {
  /** Whenever what `media` says has changed. */
  readonly changes = new Subject<void>();
  private tracks: Tracks;
  private connection: MediaConnection | undefined;
  private generation = 0;
  private peerGeneration = 0;
  /** The peer's connection that the present one has agreed with. */
  private agreedWith = 0;
  private readonly watch: LinkWatch;
  /** The relay refused the credentials, and none were tried since. */
  private needsCredentials = false;
  /** The relay refused the credentials, and accepted none since. */
  private refused = false;
  private relayed = false;
  private closed = false;
  private sample: LinkSample | undefined;
  private quality: LinkQuality | undefined;
  private level: VideoLevel = 'full';
  private members = 2;
  private heldSignals: Signal[] = [];
  private madeAt = -Infinity;
  private stopFollowing: () => void = () => undefined;

  constructor(private readonly options: LinkOptions) {
    this.tracks = options.tracks;
    const flow = new Flow(() => this.connection);
    this.watch = new LinkWatch({
      polite: options.polite,
      clock: options.clock,
      newestPacket: () => flow.look(),
      restart: () => void this.restart(),
      startOver: () => void this.startOver(),
      trouble: () => this.troubleNow(),
      changed: () => this.changes.next(),
    });
    void this.startOver();
  }

  get peer(): Peer {
    return this.options.peer;
  }

  get state(): MediaState {
    return this.watch.state;
  }

  /** What the flow is short of; undefined until it was measured. */
  get strain(): Strain | undefined {
    return this.sample === undefined ? undefined : strainOf(this.sample);
  }

  /** As it is now; another object each time. */
  get media(): PeerMedia {
    return {
      userId: this.peer.userId,
      state: this.watch.state,
      trouble: this.watch.trouble,
      tracks: this.connection?.incoming ?? {},
      quality: this.quality,
      level: () => this.loudness(),
    };
  }

  hear(signal: Signal): void {
    if (this.closed || signal.generation < this.peerGeneration) return;
    if (this.connection === undefined) {
      if (this.heldSignals.length < HELD_SIGNALS) this.heldSignals.push(signal);
      return;
    }
    if (signal.generation > this.peerGeneration) {
      const beganAnew = this.agreedWith !== 0 && this.agreedWith !== signal.generation;
      this.peerGeneration = signal.generation;
      if (beganAnew) {
        this.follow(signal);
        return;
      }
      // What was said to its earlier connection, or to none, is lost on this one.
      if (signal.description === undefined) this.connection.negotiation.repeat();
    }
    // Said to an earlier connection, or to none: of such only an offer to none can be meant for this one.
    const isForThis = signal.peerGeneration === this.generation || signal.peerGeneration === 0;
    if (!isForThis) return;
    if (signal.description !== undefined) this.agreedWith = signal.generation;
    this.connection.negotiation.hear(signal);
  }

  /** After one of both was away: what was said meanwhile is lost. */
  repeat(): void {
    this.connection?.negotiation.repeat();
  }

  send(tracks: Tracks): void {
    this.tracks = tracks;
    this.connection?.send(tracks);
  }

  /** @param members in the call: in a mesh the more there are, the less each link may take */
  limit(level: VideoLevel, members: number): void {
    if (level === this.level && members === this.members) return;
    this.level = level;
    this.members = members;
    this.applyLimit();
  }

  networkChanged(): void {
    this.watch.networkChanged();
  }

  /** Measures the flow since the last time. */
  async measure(): Promise<void> {
    const { connection } = this;
    if (connection === undefined) return;
    const sample = readSample(await connection.stats(), this.sample);
    if (connection !== this.connection) return;
    this.quality = qualityOf(this.sample, sample);
    this.sample = sample;
    this.changes.next();
  }

  close(): void {
    this.closed = true;
    this.watch.close();
    this.stopFollowing();
    this.connection?.close();
    this.connection = undefined;
    this.changes.complete();
  }

  /** The peer began anew, and this side has to; not more often than now and then, however often the peer says so. */
  private follow(signal: Signal): void {
    const { clock } = this.options;
    this.connection?.close();
    this.connection = undefined;
    this.heldSignals = [signal];
    this.stopFollowing();
    const wait = Math.max(0, this.madeAt + FOLLOW_MS - clock.now());
    this.stopFollowing = clock.after(wait, () => void this.startOver(this.peerGeneration));
  }

  /** @param peerGeneration the peer's connection that this one is for; 0: the peer has to make one too */
  private async startOver(peerGeneration = 0): Promise<void> {
    const { ice, createConnection, clock, generations } = this.options;
    this.connection?.close();
    this.connection = undefined;
    this.stopFollowing();
    this.madeAt = clock.now();
    generations.last += 1;
    const generation = generations.last;
    this.generation = generation;
    this.agreedWith = 0;
    if (peerGeneration !== 0) this.peerGeneration = peerGeneration;
    this.sample = undefined;
    this.relayed = false;
    const configuration = await ice.read(this.needsCredentials);
    if (this.closed || generation !== this.generation) return;
    this.needsCredentials = false;
    this.connection = new MediaConnection({
      connection: createConnection(configuration),
      polite: this.options.polite,
      tracks: this.tracks,
      clock,
      send: (part) => {
        if (generation === this.generation) {
          this.options.send({ ...part, generation, peerGeneration: this.peerGeneration });
        }
      },
      onState: (state) => this.watch.connection(state),
      onTracks: () => {
        this.applyLimit();
        this.changes.next();
      },
      onCandidateError: ({ code }) => {
        if (code !== UNAUTHENTICATED) return;
        this.needsCredentials = true;
        this.refused = true;
      },
      onGathered: (sdp) => this.gathered(sdp),
      // What cannot be applied shows in what follows from it: no path, and the watch seeks another.
      onError: () => undefined,
    });
    // The polite side has its offer coming; the impolite one says that there is someone to offer to.
    if (!this.options.polite) this.connection.negotiation.repeat();
    for (const signal of this.heldSignals.splice(0)) this.hear(signal);
  }

  private async restart(): Promise<void> {
    const { connection } = this;
    if (connection === undefined) return;
    // Nothing is agreed that could be restarted: what was said may be lost, or none of it can work.
    if (!connection.negotiation.agreed && this.needsCredentials) {
      await this.startOver();
      return;
    }
    const configuration = await this.options.ice.read(this.needsCredentials);
    if (connection !== this.connection) return;
    this.needsCredentials = false;
    if (connection.negotiation.agreed) connection.restart(configuration);
    else connection.negotiation.repeat();
  }

  private gathered(sdp: string): void {
    this.relayed ||= sdp.includes(' typ relay');
    if (this.relayed) this.refused = false;
    if (this.options.ice.relayOnly && !this.relayed) this.watch.hopeless();
  }

  private troubleNow(): MediaTrouble {
    const { ice } = this.options;
    if (this.refused) return 'relay-refused';
    return ice.hasRelay === true && !this.relayed ? 'relay-unreachable' : 'no-path';
  }

  private applyLimit(): void {
    const { connection, level, members } = this;
    if (connection === undefined) return;
    connection.limit('camera', encodingFor(level, members));
    connection.limit('screen', screenEncodingFor(level, members));
  }

  private loudness(): number {
    return heardLevel(this.connection?.receiver('microphone')?.getSynchronizationSources() ?? [], Date.now());
  }
}
