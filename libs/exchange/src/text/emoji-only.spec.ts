import { isEmojiOnly } from './emoji-only';

describe('emoji only', () => {
  it.each(['👍', '👩‍👩‍👧', '🎉 🎉\n🎉', '❤️', '🇪🇸', '👍🏽', '1️⃣', '🏳️‍🌈', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])('is %j', (text) => {
    expect(isEmojiOnly(text)).toBe(true);
  });

  it.each(['', '  ', '1', '#', 'ok 👍', '日本語', '👍👍👍👍👍👍👍', '©', '12', '👍'.repeat(500)])(
    'is not %j',
    (text) => {
      expect(isEmojiOnly(text)).toBe(false);
    },
  );
});
