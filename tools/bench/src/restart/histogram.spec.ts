import { bar, bins } from './histogram';

describe('the histogram', () => {
  it('counts every value once, those outside at the ends', () => {
    expect(bins([-1, 0, 249, 250, 999, 5_000], 250, 4)).toEqual([3, 1, 0, 2]);
  });

  it('draws in proportion', () => {
    expect(bar(5, 10, 20)).toBe('█'.repeat(10));
    expect(bar(0, 0, 20)).toBe('');
  });
});
