/** The clients of a server that restarts come back over at least so many milliseconds. */
const RESTART_SPREAD_MS = 3_000;

interface Limits {
  readonly min: number;
  readonly max: number;
}

/**
 * Milliseconds until the next attempt: exponential, with full jitter, so that the clients of a server that went away do
 * not come back in step (C2).
 *
 * @param attempt failed attempts so far, from 1
 * @param random from 0 (inclusive) to 1
 */
export function backoffDelay(attempt: number, { min, max }: Limits, random: number): number {
  // The exponent is bounded: 2^40 ms is a generation, and larger powers would end in infinity.
  const ceiling = Math.min(max, min * 2 ** Math.min(attempt, 40));
  return Math.round(min + random * (ceiling - min));
}

/**
 * The same after a server told everyone at the same moment that it restarts (L4): from nothing on, and wider, since all
 * of them come.
 */
export function restartDelay(attempt: number, limits: Limits, random: number): number {
  return Math.round(random * Math.max(RESTART_SPREAD_MS, backoffDelay(attempt, limits, 1)));
}
