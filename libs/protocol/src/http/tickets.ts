import * as z from 'zod';

/** `POST /api/ticket` (T1, T4). A `resume` that names no connection is none: the ticket is for a new one, never an error. */
export const ticketRequest = z.object({ resume: z.string().min(1).max(64).optional().catch(undefined) });
export type TicketRequest = z.infer<typeof ticketRequest>;

export const ticket = z.object({ ticket: z.string(), connectionId: z.string(), expiresAt: z.string() });
export type Ticket = z.infer<typeof ticket>;

const ticketGrammar = /^([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_-]{43})$/;

/** Takes `connectionId:authCode` apart; the authCode is 256 bits in base64url (T1). */
export function parseTicket(text: string): { readonly connectionId: string; readonly authCode: string } | undefined {
  const [, connectionId, authCode] = ticketGrammar.exec(text) ?? [];
  return connectionId === undefined || authCode === undefined ? undefined : { connectionId, authCode };
}
