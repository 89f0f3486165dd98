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
import type { MadeConnections } from './made-connections';
import { MediaConnection } from './media-connection';

/** RFC 8489 §9.2.4: the relay refused the credentials. */
const UNAUTHENTICATED = 401;

/** Signals that wait while the connection is being made. */
const HELD_SIGNALS = 64;

/** Milliseconds without a path, and without a word over the socket, after which a peer counts as lost. */
const LOST_MS = 15_000;

export interface LinkOptions {
  readonly peer: Peer;
  readonly polite: boolean;
  readonly tracks: Tracks;
  readonly ice: IceConfiguration;
  readonly createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly send: (part: SignalPart) => void;
  readonly clock: Clock;
  /** Of all connections with this person, also of those before. */
  readonly made: MadeConnections;
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
  private heardAt: number;
  private stopBeginning: () => void = () => undefined;

  constructor(private readonly options: LinkOptions) {
    this.tracks = options.tracks;
    this.heardAt = options.clock.now();
    const flow = new Flow(() => this.connection);
    this.watch = new LinkWatch({
      polite: options.polite,
      clock: options.clock,
      newestPacket: () => flow.look(),
      restart: () => void this.restart(),
      startOver: () => this.begin(),
      trouble: () => this.troubleNow(),
      changed: () => this.changes.next(),
    });
    this.begin();
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

  /** It worked, and for a while now nothing comes: no media, and no word about a new path, which a peer who is there would say. */
  get isLost(): boolean {
    const { lostAt } = this.watch;
    const since = Math.max(lostAt ?? Infinity, this.heardAt);
    return this.options.clock.now() - since >= LOST_MS;
  }

  hear(signal: Signal): void {
    this.heardAt = this.options.clock.now();
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
    this.stopBeginning();
    this.connection?.close();
    this.connection = undefined;
    this.changes.complete();
  }

  /** The peer began anew, and this side has to. */
  private follow(signal: Signal): void {
    this.heldSignals = [signal];
    this.begin(this.peerGeneration);
  }

  /**
   * Makes a connection in the place of the present one, now or when one may be made again.
   *
   * @param peerGeneration the peer's connection that this one is for; 0: the peer has to make one too
   */
  private begin(peerGeneration = 0): void {
    const { clock, made } = this.options;
    this.connection?.close();
    this.connection = undefined;
    this.stopBeginning();
    const wait = made.wait();
    if (wait === 0) void this.startOver(peerGeneration);
    else this.stopBeginning = clock.after(wait, () => this.begin(peerGeneration));
  }

  private async startOver(peerGeneration: number): Promise<void> {
    const { ice, made } = this.options;
    const generation = made.take();
    this.generation = generation;
    this.watch.anew();
    this.agreedWith = 0;
    if (peerGeneration !== 0) this.peerGeneration = peerGeneration;
    this.sample = undefined;
    this.relayed = false;
    const configuration = await ice.read(this.needsCredentials);
    if (this.closed || generation !== this.generation) return;
    this.needsCredentials = false;
    try {
      this.connection = this.make(generation, configuration);
    } catch {
      // The browser makes none now, since there are too many; the watch tries again.
      return;
    }
    this.applyLimit();
    // The polite side has its offer coming; the impolite one says that there is someone to offer to.
    if (!this.options.polite) this.connection.negotiation.repeat();
    for (const signal of this.heldSignals.splice(0)) this.hear(signal);
  }

  private make(generation: number, configuration: RTCConfiguration): MediaConnection {
    const { createConnection, polite, clock } = this.options;
    return new MediaConnection({
      connection: createConnection(configuration),
      polite,
      tracks: this.tracks,
      clock,
      send: (part) => this.options.send({ ...part, generation, peerGeneration: this.peerGeneration }),
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
      onRelayed: () => {
        this.relayed = true;
        this.refused = false;
      },
      onGathered: () => {
        if (this.options.ice.relayOnly && !this.relayed) this.watch.hopeless();
      },
      // What cannot be applied shows in what follows from it: no path, and the watch seeks another.
      onError: () => undefined,
    });
  }

  private async restart(): Promise<void> {
    const { connection } = this;
    // None could be made, or nothing is agreed that could be restarted and none of what was said can work.
    if (connection === undefined || (!connection.negotiation.agreed && this.needsCredentials)) {
      this.begin();
      return;
    }
    const configuration = await this.options.ice.read(this.needsCredentials);
    if (connection !== this.connection) return;
    this.needsCredentials = false;
    if (connection.negotiation.agreed) connection.restart(configuration);
    else connection.negotiation.repeat();
  }

  private troubleNow(): MediaTrouble {
    const { ice } = this.options;
    if (this.refused) return 'relay-refused';
    return ice.hasRelay === true && !this.relayed && this.connection?.seeks === true ? 'relay-unreachable' : 'no-path';
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
