import * as z from 'zod';
import { defaultLimits } from './limits';

/** Payload of a client's `subscribe` (S1, H2). */
export const subscribePayload = z
  .object({ since: z.object({ epoch: z.string().min(1).max(64), offset: z.int().min(0) }).optional() })
  .nullable()
  .transform((payload) => payload ?? {});
export type SubscribePayload = z.infer<typeof subscribePayload>;

/** Payload of a client's `load-messages` (H1). */
export const loadMessagesPayload = z
  .object({
    before: z.int().min(1).optional(),
    limit: z.int().min(1).max(defaultLimits.pageMessages).default(defaultLimits.pageMessages),
  })
  .nullable()
  .transform((payload) => payload ?? { limit: defaultLimits.pageMessages });
export type LoadMessagesPayload = z.infer<typeof loadMessagesPayload>;

const participant = z.object({
  userId: z.string(),
  name: z.string(),
  colour: z.string(),
  connectionIds: z.array(z.string()),
});

/** A frame as a client receives it; what a client does not know it must ignore, so payloads stay open. */
export const serverFrame = z.object({
  type: z.string(),
  topic: z.string().optional(),
  sender: z.string().nullable(),
  userId: z.string().optional(),
  store: z.boolean(),
  timestamp: z.string(),
  payload: z.json(),
  offset: z.number().optional(),
  seq: z.number().optional(),
  id: z.string().optional(),
});

export const subscribedPayload = z.object({
  epoch: z.string(),
  offset: z.number(),
  recovered: z.boolean(),
  participants: z.array(participant),
});
export const unsubscribedPayload = z.object({ reason: z.enum(['requested', 'revoked']) });
export const allowedPayload = z.object({ publish: z.boolean(), store: z.boolean() });
export const drainingPayload = z.object({ reconnectIn: z.number().min(0) });
export const participantPayload = participant;
export const subscribersPayload = z.object({ participants: z.array(participant) });
export const messagePagePayload = z.object({ messages: z.array(serverFrame), more: z.boolean() });
export const ackPayload = z.object({
  id: z.string(),
  timestamp: z.string(),
  offset: z.number().optional(),
  seq: z.number().optional(),
});
export const errorPayload = z.object({
  // Open on purpose: a client must survive a code that a newer server invents.
  code: z.string(),
  message: z.string(),
  id: z.string().optional(),
  retryAfter: z.number().optional(),
});
