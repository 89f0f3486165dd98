import type { Clock } from '@parley/client';
import type { IceServers, Json } from '@parley/protocol';
import { BehaviorSubject, Subject, type Observable } from 'rxjs';
import type { MediaEngine, Peer, PeerMedia, VideoLevel } from '../media-engine';
import { VideoLadder } from '../quality/video-ladder';
import { readSignal, type Signal, type SignalPart } from '../signalling/signal';
import { without, type Tracks } from '../tracks';
import { IceConfiguration } from './ice-configuration';
import { Link } from './link';
import { MadeConnections } from './made-connections';

/** Milliseconds between two measurements. */
const MEASURE_MS = 1_000;

/** Signals of someone who is not known to be a member yet; they mostly say so a moment later. */
const HELD_SIGNALS = 16;

export interface MeshOptions {
  /** One's own userId and seat. */
  readonly userId: string;
  readonly seat: string;
  /** Sends a signal to one connection and to nobody else (P4). */
  readonly signal: (connectionId: string, payload: Signal) => void;
  readonly iceServers: () => Promise<IceServers>;
  readonly relayOnly: () => boolean;
  readonly createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  readonly clock: Clock;
}

interface Entry {
  readonly link: Link;
  /** Where its messages go. */
  connectionId: string;
}

/** A {@link MediaEngine} in which each member is connected with each other. */
export class Mesh implements MediaEngine {
  readonly peers: Observable<ReadonlyMap<string, PeerMedia>>;
  readonly ownVideo: Observable<VideoLevel>;
  readonly lost: Observable<string>;
  readonly strangers: MediaEngine['strangers'];
  private readonly known = new BehaviorSubject<ReadonlyMap<string, PeerMedia>>(new Map());
  private readonly level = new BehaviorSubject<VideoLevel>('full');
  private readonly entries = new Map<string, Entry>();
  /** By userId; of those before too, so that numbers only go up. */
  private readonly made = new Map<string, MadeConnections>();
  private readonly gone = new Subject<string>();
  private readonly unknown = new Subject<{ readonly userId: string; readonly connectionId: string }>();
  private readonly early = new Map<string, Signal[]>();
  private readonly ice: IceConfiguration;
  private readonly ladder = new VideoLadder();
  private tracks: Tracks = {};
  private stopMeasuring: () => void = () => undefined;
  private announcing = false;

  constructor(private readonly options: MeshOptions) {
    this.peers = this.known.asObservable();
    this.ownVideo = this.level.asObservable();
    this.lost = this.gone.asObservable();
    this.strangers = this.unknown.asObservable();
    const { iceServers, relayOnly, clock } = options;
    this.ice = new IceConfiguration({ fetch: iceServers, relayOnly, clock });
    // Known by the time that the first peer is.
    void this.ice.read();
    this.measureLater();
  }

  connectTo(peers: readonly Peer[]): void {
    const wanted = new Map(peers.map((peer) => [peer.userId, peer]));
    for (const [userId, { link }] of this.entries) {
      if (wanted.get(userId)?.seat === link.peer.seat) continue;
      link.close();
      this.entries.delete(userId);
    }
    for (const peer of wanted.values()) this.add(peer);
    for (const { link } of this.entries.values()) link.limit(this.level.value, this.entries.size + 1);
    this.announce();
  }

  send(tracks: Tracks): void {
    this.tracks = tracks;
    for (const { link } of this.entries.values()) link.send(this.outgoing());
  }

  hear(from: { readonly userId: string; readonly connectionId: string }, payload: Json): void {
    const signal = readSignal(payload);
    if (signal?.to !== this.options.seat) return;
    const entry = this.entries.get(from.userId);
    if (entry?.link.peer.seat === signal.seat) {
      entry.connectionId = from.connectionId;
      entry.link.hear(signal);
      return;
    }
    const held = this.early.get(from.userId) ?? [];
    if (held.length < HELD_SIGNALS) this.early.set(from.userId, [...held, signal]);
    this.unknown.next(from);
  }

  signalsLost(userId?: string): void {
    for (const [each, { link }] of this.entries) if (userId === undefined || userId === each) link.repeat();
  }

  networkChanged(): void {
    for (const { link } of this.entries.values()) link.networkChanged();
  }

  close(): void {
    this.stopMeasuring();
    this.ice.close();
    for (const { link } of this.entries.values()) link.close();
    this.entries.clear();
    this.known.next(new Map());
    this.known.complete();
    this.level.complete();
    this.gone.complete();
    this.unknown.complete();
  }

  private add(peer: Peer): void {
    const known = this.entries.get(peer.userId);
    if (known !== undefined) {
      if (known.connectionId === peer.connectionId) return;
      known.connectionId = peer.connectionId;
      known.link.repeat();
      return;
    }
    const { userId, seat, createConnection, clock } = this.options;
    const made = this.made.get(peer.userId) ?? new MadeConnections(clock);
    this.made.set(peer.userId, made);
    const link = new Link({
      peer,
      // The server gives userIds and says from whom a message is: nobody can choose their part, and it lasts (ADR 0011).
      polite: userId > peer.userId,
      tracks: this.outgoing(),
      ice: this.ice,
      createConnection,
      clock,
      made,
      send: (part: SignalPart) => {
        const entry = this.entries.get(peer.userId);
        if (entry?.link !== link) return;
        this.options.signal(entry.connectionId, { ...part, seat, to: peer.seat });
      },
    });
    link.changes.subscribe(() => this.announce());
    this.entries.set(peer.userId, { link, connectionId: peer.connectionId });
    const early = this.early.get(peer.userId) ?? [];
    this.early.delete(peer.userId);
    for (const signal of early) if (signal.seat === peer.seat) link.hear(signal);
  }

  /** The camera is what gives way. */
  private outgoing(): Tracks {
    return this.level.value === 'paused' ? without(this.tracks, 'camera') : this.tracks;
  }

  private measureLater(): void {
    this.stopMeasuring = this.options.clock.after(MEASURE_MS, () => {
      this.measureLater();
      void this.measure();
    });
  }

  private async measure(): Promise<void> {
    for (const [userId, { link }] of [...this.entries]) if (link.isLost) this.gone.next(userId);
    const links = [...this.entries.values()].map(({ link }) => link);
    await Promise.all(links.map((link) => link.measure()));
    const strains = links.flatMap(({ state, strain }) =>
      state === 'connected' && strain !== undefined ? [strain] : [],
    );
    const level = this.ladder.next(strains, this.options.clock.now());
    if (level === this.level.value) return;
    this.level.next(level);
    for (const link of links) {
      link.limit(level, links.length + 1);
      link.send(this.outgoing());
    }
  }

  /** Several changes at once are one. */
  private announce(): void {
    if (this.announcing) return;
    this.announcing = true;
    queueMicrotask(() => {
      this.announcing = false;
      this.known.next(new Map([...this.entries].map(([userId, { link }]) => [userId, link.media])));
    });
  }
}
