import { othersText } from './people-names';

const people = (...names: string[]) => names.map((name) => ({ userId: name, name, host: false }));
const plain = (text: string | undefined) => text?.replaceAll(/[\u2068\u2069]/g, '');

describe('othersText', () => {
  it('leaves the reader out', () => {
    expect(plain(othersText(people('Ann', 'Ben', 'Cleo'), 'Ann'))).toBe('Ben and Cleo');
  });

  it('says nothing when there is nobody else', () => {
    expect(othersText(people('Ann'), 'Ann')).toBeUndefined();
  });

  it('names three of many, and never hides a single one', () => {
    expect(plain(othersText(people('A', 'B', 'C', 'D'), undefined))).toBe('A, B, C and D');
    expect(plain(othersText(people('A', 'B', 'C', 'D', 'E'), undefined))).toBe('A, B, C and 2 others');
  });

  it('isolates each name, so that one from right to left stays in its place', () => {
    expect(othersText(people('מרים', 'Ben'), undefined)).toBe('\u2068מרים\u2069 and \u2068Ben\u2069');
  });
});
