import type { KeptText } from '../text/kept-text';

/**
 * For when nothing can be sent any more. What waited becomes the draft: should its author take part again, nothing goes
 * out that was meant for another moment, and nothing is lost either.
 *
 * @param unsent the texts that waited, the oldest first
 * @returns all that was written and not sent, the oldest first; empty for nothing
 */
export function keepUnsent(kept: KeptText, unsent: readonly string[]): string {
  const text = [...unsent, kept.readDraft()]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
  kept.writeDraft(text);
  return text;
}
