import { windowsFor } from './options';

describe('messages under way', () => {
  it.each([
    [64, 16],
    [256, 16],
    [4_096, 16],
    [32_768, 8],
    [1_000_000, 1],
  ])('of %i bytes are %i', (bytes, window) => {
    expect(windowsFor(bytes)).toEqual([window]);
  });
});
