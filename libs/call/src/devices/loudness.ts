/** Quieter than this is silence: the noise of a room behind a browser's noise suppression. Decibels below full scale. */
const QUIET_DB = -60;

/** A voice close to the microphone. */
const LOUD_DB = -12;

/**
 * How loud it seems, 0 to 1. Ears hear ratios: a meter in decibels moves as one speaks, a linear one hardly does.
 *
 * @param amplitude 0 to 1: a root mean square, or the `audioLevel` of statistics (RFC 6464)
 */
export function loudness(amplitude: number): number {
  if (!(amplitude > 0)) return 0;
  const decibels = 20 * Math.log10(amplitude);
  return Math.min(1, Math.max(0, (decibels - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

/** The root mean square of samples between -1 and 1. */
export function meanAmplitude(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
