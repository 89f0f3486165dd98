import fc from 'fast-check';
import { mergedWords, movedPlace } from './words-caret';

describe('the caret in words that others change too', () => {
  it.each([
    ['before it', 'café', 'a café', 4, 6],
    ['behind it', 'café', 'café au lait', 2, 2],
    ['around it', 'one two three', 'one three', 6, 5],
    ['of an emoji', '👍 yes', '👎 yes', 6, 6],
  ])('moves with a change %s', (_name, before, after, place, moved) => {
    expect(movedPlace(before, after, place)).toBe(moved);
  });

  it('is never outside, and never within a character', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'é', '👍', '👎', '日', '\n'));
    fc.assert(
      fc.property(words, words, fc.nat(), (characters, others, at) => {
        const place = characters.slice(0, at % (characters.length + 1)).join('').length;
        const after = others.join('');
        const moved = movedPlace(characters.join(''), after, place);
        expect(moved).toBeGreaterThanOrEqual(0);
        expect(moved).toBeLessThanOrEqual(after.length);
        expect(after.slice(0, moved).isWellFormed()).toBe(true);
      }),
    );
  });

  it('keeps what both wrote', () => {
    expect(mergedWords('tea', 'green tea', 'tea, please')).toBe('green tea, please');
    expect(mergedWords('日本', '日本語', 'in 日本')).toBe('in 日本語');
    expect(mergedWords('one two', 'one', 'one two three')).toBe('one three');
    expect(mergedWords('same', 'same', 'other')).toBe('other');
    expect(mergedWords('same', 'mine', 'same')).toBe('mine');
  });
});
