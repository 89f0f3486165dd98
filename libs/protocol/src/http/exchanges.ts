import * as z from 'zod';
import { booking, bookingParticipant } from './bookings';

/** `GET /api/exchanges/:id` (A3); the id is the booking's. */
export const exchange = z.object({
  id: z.uuid(),
  booking,
  /** Those who take part now, then those who once did, so that old messages keep their author's name. */
  people: z.array(bookingParticipant.extend({ colour: z.string(), former: z.boolean() })),
  state: z.enum(['scheduled', 'open', 'ended']),
  openedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  topics: z.object({ text: z.string(), call: z.string(), whiteboard: z.string() }),
});
export type Exchange = z.infer<typeof exchange>;
