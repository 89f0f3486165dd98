import type { Json } from '@parley/protocol';

/** What travels on `exchange/text:ID`: `message` is stored, `typing` is volatile. */
export interface TextPayloads {
  message: { readonly text: string };
  typing: Record<string, never>;
}

/**
 * The text of a `message`, or undefined when its payload is not one: the server forwards payloads unread, so what
 * another participant sends may be anything.
 */
export function readText(payload: Json | undefined): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('text' in payload)) return undefined;
  return typeof payload.text === 'string' && payload.text.trim() !== '' ? payload.text : undefined;
}
