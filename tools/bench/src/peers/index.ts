import { nats, nchan, redis } from './machine-servers';
import { bare, bareOurFrames, nest, socketIo, wsLoop } from './our-programs';
import { parley } from './parley';
import type { Peer } from './peer';

export { bare, bareOurFrames, nats, nchan, nest, parley, redis, socketIo, wsLoop };
export type { Dialect, Peer, PeerConnection, PeerOptions, RunningPeer } from './peer';

/** Ours first. */
export const peers: readonly Peer[] = [parley, bare, bareOurFrames, nats, nchan, wsLoop, nest, socketIo, redis];
