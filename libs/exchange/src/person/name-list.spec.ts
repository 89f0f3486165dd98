import { nameList } from './name-list';

describe('nameList', () => {
  it.each([
    [[], ''],
    [['Ann'], 'Ann'],
    [['Ann', 'Ben'], 'Ann and Ben'],
    [['Ann', 'Ben', 'Cleo'], 'Ann, Ben and Cleo'],
    [['Ann', 'Ben', 'Cleo', '日本語'], 'Ann, Ben, Cleo and 日本語'],
    [['Ann', 'Ben', 'Cleo', 'Dan', 'Eve'], 'Ann, Ben, Cleo and 2 others'],
  ])('says %j as %j', (names, expected) => {
    expect(nameList(names)).toBe(expected);
  });
});
