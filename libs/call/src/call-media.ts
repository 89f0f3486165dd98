import type { Json } from '@parley/protocol';
import { BehaviorSubject, Subject, Subscription } from 'rxjs';
import { VIDEO_MEMBERS } from './call-state';
import type { MediaEngine, Peer, PeerMedia, VideoLevel } from './media-engine';
import type { MeshOptions } from './mesh/mesh';
import { without, type Tracks } from './tracks';

export interface CallMediaOptions extends Omit<MeshOptions, 'seat'> {
  readonly createEngine: (options: MeshOptions) => MediaEngine;
}

/** The media of the call that one is in: an engine for each seat, and none while out. */
export class CallMedia {
  readonly peers = new BehaviorSubject<ReadonlyMap<string, PeerMedia>>(new Map());
  readonly ownVideo = new BehaviorSubject<VideoLevel>('full');
  readonly audioOnly = new BehaviorSubject(false);
  readonly lost = new Subject<string>();
  readonly strangers = new Subject<{ readonly userId: string; readonly connectionId: string }>();
  private engine: MediaEngine | undefined;
  private fromEngine = new Subscription();
  private tracks: Tracks = {};

  constructor(private readonly options: CallMediaOptions) {}

  start(seat: string, tracks: Tracks): void {
    const engine = this.options.createEngine({ ...this.options, seat });
    this.engine = engine;
    this.fromEngine = new Subscription();
    this.fromEngine.add(engine.peers.subscribe((peers) => this.peers.next(peers)));
    this.fromEngine.add(engine.lost.subscribe((userId) => this.lost.next(userId)));
    this.fromEngine.add(engine.strangers.subscribe((who) => this.strangers.next(who)));
    this.fromEngine.add(engine.ownVideo.subscribe((level) => this.ownVideo.next(level)));
    this.send(tracks);
  }

  stop(): void {
    this.fromEngine.unsubscribe();
    this.engine?.close();
    this.engine = undefined;
    this.tracks = {};
    this.peers.next(new Map());
    this.ownVideo.next('full');
  }

  send(tracks: Tracks): void {
    this.tracks = tracks;
    this.engine?.send(this.audioOnly.value ? without(tracks, 'camera', 'screen') : tracks);
  }

  /** How many are in the call: with too many of them, nobody sends pictures. */
  count(members: number): void {
    const audioOnly = members > VIDEO_MEMBERS;
    if (audioOnly === this.audioOnly.value) return;
    this.audioOnly.next(audioOnly);
    this.send(this.tracks);
  }

  connectTo(peers: readonly Peer[]): void {
    this.engine?.connectTo(peers);
  }

  hear(from: { readonly userId: string; readonly connectionId: string }, payload: Json): void {
    this.engine?.hear(from, payload);
  }

  signalsLost(userId?: string): void {
    this.engine?.signalsLost(userId);
  }

  networkChanged(): void {
    this.engine?.networkChanged();
  }
}
