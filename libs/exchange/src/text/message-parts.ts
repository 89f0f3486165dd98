import { tokenize } from 'linkifyjs';

/** A piece of a message: text as it was written, or a link. */
export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const allowedProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/**
 * Finds web and mail addresses in a text. Joined, the parts' texts are the text. A bare host gets https; every other
 * scheme stays text, so nothing that a message says can run anything.
 */
export function messageParts(text: string): readonly MessagePart[] {
  const parts: MessagePart[] = [];
  for (const token of tokenize(text)) {
    const href = token.isLink ? safeHref(token.toHref('https')) : undefined;
    const before = parts.at(-1);
    if (href !== undefined) parts.push({ kind: 'link', text: token.v, href });
    else if (before?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: before.text + token.v };
    else parts.push({ kind: 'text', text: token.v });
  }
  return parts;
}

function safeHref(href: string): string | undefined {
  return URL.canParse(href) && allowedProtocols.has(new URL(href).protocol) ? href : undefined;
}
