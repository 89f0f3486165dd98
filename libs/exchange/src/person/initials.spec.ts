import { initials } from './initials';

describe('initials', () => {
  it.each([
    ['Ann', 'A'],
    ['ann smith', 'AS'],
    ['Ann Mary Smith', 'AS'],
    ['  Ben   ', 'B'],
    ['日本語', '日'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['café 👩‍👩‍👧 日本語', 'C日'],
    ['e\u0301lodie d', 'E\u0301D'],
    ['Ben (he/him)', 'B'],
    ['مريم علي', 'مع'],
    ['', '?'],
    ['   ', '?'],
  ])('of %j are %j', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});
