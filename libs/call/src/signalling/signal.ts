import type { Json } from '@parley/protocol';
import * as z from 'zod';
import { trackRoles } from '../tracks';

/** Candidates in one message at most; a browser with many networks has a few dozen. */
const MAX_CANDIDATES = 64;

/** Characters of a description; a browser's own has about ten thousand. */
const MAX_DESCRIPTION = 32 * 1024;

const sdp = z
  .string()
  .max(MAX_DESCRIPTION)
  .refine((text) => text.split('\nm=').length - 1 <= trackRoles.length, 'more media sections than roles');

const id = z.string().min(1).max(64);
const count = z.int().min(0);

const candidate = z.object({
  candidate: z.string().max(1_000),
  sdpMid: z.string().max(64).nullable(),
  sdpMLineIndex: z.int().min(0).max(64).nullable(),
  usernameFragment: z.string().max(256).nullable(),
});

/** The payload of `call-signal` (K3): what one member's connection says to another's. */
const signal = z.object({
  /** The sender's seat, and the seat that it is meant for. */
  seat: id,
  to: id,
  /** The sender's connection to this peer, counted from 1; a later one takes the place of an earlier one. */
  generation: count.min(1),
  /** The receiver's connection that this is meant for; 0 while the sender knows of none. */
  peerGeneration: count,
  /** Session descriptions (RFC 8829), and what keeps them in order. */
  description: z
    .discriminatedUnion('type', [
      z.object({
        type: z.literal('offer'),
        sdp,
        /** Counted from 1 within a connection. */
        number: count.min(1),
      }),
      z.object({
        type: z.literal('answer'),
        sdp,
        /** The number of the offer that it answers. */
        to: count.min(1),
        /** The sender's own offers up to this number were given up for it, or are settled. */
        settled: count,
      }),
    ])
    .optional(),
  /** What each media section of the description is for, by its `mid`. */
  roles: z.record(z.string().max(64), z.enum(trackRoles)).optional(),
  candidates: z.array(candidate).max(MAX_CANDIDATES).optional(),
});
export type Signal = z.infer<typeof signal>;
export type SignalDescription = NonNullable<Signal['description']>;
export type SignalCandidate = z.infer<typeof candidate>;

/** What a connection has to say; the mesh adds the seats. */
export type SignalPart = Omit<Signal, 'seat' | 'to'>;

/** Undefined for what is no signal: the server forwards payloads unread. */
export function readSignal(payload: Json): Signal | undefined {
  return signal.safeParse(payload).data;
}

/** As many messages as it takes. */
export function inBatches(candidates: readonly SignalCandidate[]): SignalCandidate[][] {
  const batches: SignalCandidate[][] = [];
  for (let from = 0; from < candidates.length; from += MAX_CANDIDATES) {
    batches.push(candidates.slice(from, from + MAX_CANDIDATES));
  }
  return batches;
}

/** A candidate as it goes over the wire. Undefined for the end of candidates, which nobody waits for. */
export function toSignalCandidate(found: RTCIceCandidateInit): SignalCandidate | undefined {
  if (found.candidate === undefined || found.candidate === '') return undefined;
  return {
    candidate: found.candidate,
    sdpMid: found.sdpMid ?? null,
    sdpMLineIndex: found.sdpMLineIndex ?? null,
    usernameFragment: found.usernameFragment ?? null,
  };
}
