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

  it('are measured a few times each, however long they are and however they are broken', () => {
    let measured = 0;
    const counting = (text: string): number => {
      measured += text.length;
      return text.length;
    };
    const most = 10_000;
    for (const words of ['a'.repeat(most), 'a '.repeat(most / 2), `${' '.repeat(most / 2)}${'é'.repeat(most / 2)}`])
      for (const width of [1, 60, most / 2, most - 1]) {
        measured = 0;
        expect(wrapWords(words, width, counting).join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''));
        expect(measured).toBeLessThan(most * 40);
      }
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
