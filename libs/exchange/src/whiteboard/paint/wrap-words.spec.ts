import fc from 'fast-check';
import { wrapWords } from './wrap-words';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Each character as people see it is one wide. */
const measure = (text: string): number => [...graphemes.segment(text)].length;

describe('wrapped words', () => {
  it('break at spaces, and keep the lines that were written', () => {
    expect(wrapWords('a café by the sea', 6, measure)).toEqual(['a café', 'by the', 'sea']);
    expect(wrapWords('one\n\ntwo', 6, measure)).toEqual(['one', '', 'two']);
    expect(wrapWords('', 6, measure)).toEqual(['']);
  });

  it('break a long word between characters, never within one', () => {
    expect(wrapWords('日本語日本語', 4, measure)).toEqual(['日本語日', '本語']);
    expect(wrapWords('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2, measure)).toEqual(['👩‍👩‍👧👩‍👩‍👧', '👩‍👩‍👧']);
    expect(wrapWords('so incomprehensible', 6, measure)).toEqual(['so', 'incomp', 'rehens', 'ible']);
  });

  it('lose no letter and are never too wide', () => {
    const words = fc
      .array(fc.constantFrom('a', 'é', '日', ' ', '\n', '👩‍👩‍👧', 'wide'), { maxLength: 60 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 12 }), (text, width) => {
        const lines = wrapWords(text, width, measure);
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });
});
