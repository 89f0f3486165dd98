import * as z from 'zod';

/** `GET /api/exchanges/:id/ice-servers` (A4): what `RTCPeerConnection` takes, and until when it is good. */
export const iceServers = z.object({
  iceServers: z.array(
    z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() }),
  ),
  /** When the credentials run out; null where none are needed. A relay that is in use goes on past it. */
  expiresAt: z.string().nullable(),
  /** Whether there is a TURN server among them: without one, only calls that can go direct connect. */
  relay: z.boolean(),
});
export type IceServers = z.infer<typeof iceServers>;
