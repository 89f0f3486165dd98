/** The clients of a server that restarts come back over at least so many milliseconds. */
const RESTART_SPREAD_MS = 3_000;

interface Limits {
  readonly min: number;
  readonly max: number;
}

/** No attempt comes sooner, whatever the jitter says: what fails at once must not be tried without a pause. Milliseconds. */
const LEAST_MS = 100;

/**
 * Milliseconds until the next attempt to connect: exponential, with full jitter, so that the clients of a server that
 * went away do not come back in step (C2). `min` and `max` are the longest first wait and the longest of all.
 *
 * @param attempt failed attempts so far, from 1
 * @param random from 0 (inclusive) to 1
 */
export function backoffDelay(attempt: number, { min, max }: Limits, random: number): number {
  const longest = ceiling(attempt - 1, { min, max });
  return Math.round(Math.min(longest, Math.max(LEAST_MS, random * longest)));
}

/**
 * The same after a server told everyone at the same moment that it restarts (L4): from nothing on, and wider, since all
 * of them come.
 */
export function restartDelay(attempt: number, limits: Limits, random: number): number {
  return Math.round(random * Math.max(RESTART_SPREAD_MS, backoffDelay(attempt, limits, 1)));
}

/**
 * Milliseconds until the next attempt at what the server failed at on a connection that is there. Such attempts are
 * counted, so they take time: `min` is certain.
 */
export function retryDelay(attempt: number, limits: Limits, random: number): number {
  return Math.round(limits.min + random * (ceiling(attempt, limits) - limits.min));
}

function ceiling(doublings: number, { min, max }: Limits): number {
  // The exponent is bounded: 2^40 ms is a generation, and larger powers would end in infinity.
  return Math.min(max, min * 2 ** Math.min(doublings, 40));
}
