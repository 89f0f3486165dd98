const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const pictograph =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)/u;
const withinEmoji = /^[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u;

/** Most emoji that a message may have and still be shown large. */
export const MOST_LARGE_EMOJI = 6;

/** True for a message of a few emoji and nothing else. @example isEmojiOnly('👩‍👩‍👧 🎉') // true */
export function isEmojiOnly(text: string): boolean {
  // Even the longest emoji, a family with skin tones, has fewer than 32 units.
  if (text.length > MOST_LARGE_EMOJI * 32) return false;
  const shown = [...graphemes.segment(text)].map(({ segment }) => segment).filter((segment) => segment.trim() !== '');
  return (
    shown.length > 0 &&
    shown.length <= MOST_LARGE_EMOJI &&
    shown.every((segment) => pictograph.test(segment) && withinEmoji.test(segment))
  );
}
