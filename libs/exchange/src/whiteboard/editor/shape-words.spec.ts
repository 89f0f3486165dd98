import { arrow, ink, rectangle, words } from '../testing/shapes';
import { shapeName } from './shape-words';

describe('what a shape is called', () => {
  it('is its colour and kind', () => {
    expect(shapeName(rectangle({ colour: 'blue' }))).toBe('Blue rectangle');
    expect(shapeName(rectangle({ kind: 'ellipse' }))).toBe('Black ellipse');
    expect(shapeName(arrow())).toBe('Black arrow');
    expect(shapeName(ink({ colour: 'yellow', highlight: true }))).toBe('Yellow highlighting');
  });

  it('is its words, in one line and not too many', () => {
    expect(shapeName(words({ words: ' café\n 日本語 ' }))).toBe('Sticky note: café 日本語');
    expect(shapeName(words({ kind: 'text', words: ' ' }))).toBe('Empty text');
    expect(shapeName(words({ words: '👩‍👩‍👧'.repeat(100) }))).toBe(`Sticky note: ${'👩‍👩‍👧'.repeat(60)}…`);
  });
});
