import { firstLetter } from './avatar';

describe('firstLetter', () => {
  it.each([
    ['ann', 'A'],
    [' étienne', 'É'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧'],
    ['日本語', '日'],
    ['', '?'],
  ])('of %j is %s', (name, letter) => {
    expect(firstLetter(name)).toBe(letter);
  });
});
