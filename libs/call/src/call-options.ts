import type { Channel, Clock } from '@parley/client';
import type { IceServers } from '@parley/protocol';
import type { CallActions } from './call-actions';
import type { MediaEngine } from './media-engine';
import type { MeshOptions } from './mesh/mesh';

/** What a call is made of. */
export interface CallOptions {
  /** `exchange/call:ID`. */
  readonly channel: Channel<CallActions>;
  /** One's own userId. */
  readonly me: string;
  /** `GET /api/exchanges/:id/ice-servers` (A4). */
  readonly iceServers: () => Promise<IceServers>;
  /** Whether only relayed paths may be used, which hides one's address from the others. Default: no. */
  readonly relayOnly?: () => boolean;
  /** Default: `new RTCPeerConnection(…)`. */
  readonly createConnection?: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** What carries the media, made anew with each joining. Default: a mesh. */
  readonly createEngine?: (options: MeshOptions) => MediaEngine;
  /** Default: the system's. */
  readonly clock?: Clock;
}
