import type { KeptText } from '../text/kept-text';

/**
 * For when nothing can be sent any more. What waited becomes the draft: should its author take part again, nothing goes
 * out that was meant for another moment, and nothing is lost either.
 *
 * @returns all that was written and not sent, the oldest first; empty for nothing
 */
export function keepUnsent(kept: KeptText): string {
  const text = [...kept.readOutgoing().map((message) => message.text), kept.readDraft()]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
  kept.writeOutgoing([]);
  kept.writeDraft(text);
  return text;
}
