import * as z from 'zod';

/** `GET /api/exchanges/:id/ice-servers` (A4): what `RTCPeerConnection` takes, and for how long it is good. */
export const iceServers = z.object({
  iceServers: z.array(
    z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() }),
  ),
  /**
   * For how long the credentials are good, from now on; null where none are needed. A time and not an instant: the clocks
   * of browsers are off. A relay that is in use goes on past it.
   */
  lifetimeSeconds: z.int().min(1).nullable(),
  /** Whether there is a TURN server among them: without one, only calls that can go direct connect. */
  relay: z.boolean(),
});
export type IceServers = z.infer<typeof iceServers>;
