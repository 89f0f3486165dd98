import { faultsOf } from './absence';

describe('what is wrong with what came', () => {
  it.each([
    [['a', 'b', 'c'], { missing: 0, twice: 0, disordered: 0 }],
    [['a', 'c'], { missing: 1, twice: 0, disordered: 1 }],
    [['a', 'b', 'b', 'c'], { missing: 0, twice: 1, disordered: 2 }],
    [['a', 'c', 'b'], { missing: 0, twice: 0, disordered: 2 }],
    [[], { missing: 3, twice: 0, disordered: 0 }],
  ])('of %j', (came, faults) => {
    expect(faultsOf(['a', 'b', 'c'], came)).toEqual(faults);
  });
});
