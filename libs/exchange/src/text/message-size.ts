import { defaultLimits } from '@parley/protocol';

const encoder = new TextEncoder();

/** Share of the limit from which on the writer sees how much room is left. */
const NEAR = 0.9;

/** How a text stands to the payload limit (F3). */
export interface MessageSize {
  readonly tooLong: boolean;
  /** What to tell the writer; empty while there is plenty of room. */
  readonly hint: string;
}

const plenty: MessageSize = { tooLong: false, hint: '' };

/** @param payloadBytes largest payload, in bytes of its JSON */
export function messageSize(text: string, payloadBytes = defaultLimits.payloadBytes): MessageSize {
  // A character takes at most six bytes (an escaped control character): short texts need no measuring.
  if (text.length * 6 < payloadBytes * NEAR) return plenty;
  const bytes = encoder.encode(JSON.stringify({ text })).length;
  if (bytes < payloadBytes * NEAR) return plenty;
  const left = payloadBytes - bytes;
  return left < 0
    ? { tooLong: true, hint: `Too long by about ${count(-left)}. Send it in two parts.` }
    : { tooLong: false, hint: `Room for about ${count(left)} more.` };
}

function count(characters: number): string {
  return characters === 1 ? '1 character' : `${characters.toLocaleString('en')} characters`;
}
