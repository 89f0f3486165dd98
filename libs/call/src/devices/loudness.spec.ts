import { loudness, meanAmplitude } from './loudness';

describe('loudness', () => {
  it('goes from silence to a voice close by, in decibels', () => {
    expect(loudness(0)).toBe(0);
    expect(loudness(0.001)).toBeCloseTo(0);
    expect(loudness(10 ** (-36 / 20))).toBeCloseTo(0.5);
    expect(loudness(10 ** (-12 / 20))).toBeCloseTo(1);
    expect(loudness(1)).toBe(1);
    expect(loudness(Number.NaN)).toBe(0);
  });

  it('takes the root mean square', () => {
    expect(meanAmplitude(new Float32Array([0.5, -0.5, 0.5, -0.5]))).toBeCloseTo(0.5);
    expect(meanAmplitude(new Float32Array(0))).toBe(0);
  });
});
