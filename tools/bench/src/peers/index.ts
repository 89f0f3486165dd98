import { parley } from './parley';
import type { Peer } from './peer';

export type { Dialect, Peer, PeerConnection, PeerOptions, RunningPeer } from './peer';

/** Ours first. */
export const peers: readonly Peer[] = [parley];

/** By its name; `undefined` when there is none of that name. */
export function peerNamed(wanted: string): Peer | undefined {
  return peers.find(({ name }) => name === wanted);
}
