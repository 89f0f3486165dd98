import fc from 'fast-check';
import * as Y from 'yjs';
import { changeWords, shortened } from './change-words';
import { WORDS_MAX } from './shape';

describe('words', () => {
  it('become what they are to be, whatever they were', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '日', '👩‍👩‍👧', '👍', '👎') });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const words = new Y.Doc().getText();
        words.insert(0, before);
        changeWords(words, after);
        expect(words.toJSON()).toBe(after);
      }),
    );
  });

  it('that are too many are cut between two characters', () => {
    expect(shortened('a'.repeat(WORDS_MAX + 1))).toHaveLength(WORDS_MAX);
    const cut = shortened('a'.repeat(WORDS_MAX - 1) + '👍👍');
    expect([cut.length, cut.isWellFormed()]).toEqual([WORDS_MAX - 1, true]);
    expect(shortened('👍')).toBe('👍');
  });
});
