import type { Json } from '@parley/protocol';
import * as z from 'zod';
import { reactions } from './call-state';
import type { Signal } from './signalling/signal';

const seat = z.string().min(1).max(64);
const ownSwitch = z.enum(['on', 'off', 'none']);
const own = { microphone: ownSwitch, camera: z.enum([...ownSwitch.options, 'paused']), screen: z.boolean() };
/** As the server writes them; so they are in order as texts too. */
const instant = z.iso.datetime({ precision: 3 });

const payloads = {
  'call-join': z.object({ seat, ...own }),
  'call-state': z.object({ seat, ...own, joinedAt: instant, handAt: instant.nullable() }),
  'call-leave': z.object({ seat }),
  'call-hand': z.object({ seat, up: z.boolean() }),
  'call-reaction': z.object({ reaction: z.enum(reactions) }),
} as const;

/** What travels on `exchange/call:ID` (K1 to K3): the signal is directed, the reaction volatile, nothing is stored. */
export type CallActions = {
  /**
   * - `call-join`: the sender is in the call from now on, in this seat, and in no other
   * - `call-state`: how the sender stands; said when it changes, and to whoever asks
   */
  [A in keyof typeof payloads]: z.infer<(typeof payloads)[A]>;
} & {
  /** Asks who is in the call. */
  'call-hello': null;
  'call-signal': Signal;
};

/** Undefined for a payload that is none of this action: the server forwards payloads unread. */
export function readPayload<A extends keyof typeof payloads>(
  action: A,
  payload: Json,
): z.output<(typeof payloads)[A]> | undefined {
  const schema: z.ZodType = payloads[action];
  const read = schema.safeParse(payload);
  return read.success ? (read.data as z.output<(typeof payloads)[A]>) : undefined;
}
