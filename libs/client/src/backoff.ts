/**
 * Milliseconds until the next attempt: exponential, with full jitter, so that the clients of a server that went away do
 * not come back in step (C2).
 *
 * @param attempt failed attempts so far, from 1
 * @param random from 0 (inclusive) to 1
 */
export function backoffDelay(
  attempt: number,
  { min, max }: { readonly min: number; readonly max: number },
  random: number,
): number {
  // The exponent is bounded: 2^40 ms is a generation, and larger powers would end in infinity.
  const ceiling = Math.min(max, min * 2 ** Math.min(attempt, 40));
  return Math.round(min + random * (ceiling - min));
}
