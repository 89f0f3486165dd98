import { cpuOf } from '../load';
import { cpuSeconds } from '../stack/cpu-seconds';
import type { Venue } from './venue';

/** Seconds: of the clock, and of CPU since each process began. */
export interface Usage {
  readonly at: number;
  readonly server: number;
  /** Of this process alone: the servers that it started are its children. */
  readonly generator: number;
  readonly helpers: number;
}

export function usageOf(venue: Pick<Venue, 'pids' | 'helpers'>): Usage {
  return {
    at: performance.now() / 1_000,
    server: cpuOf(venue.pids),
    generator: cpuSeconds(process.pid),
    helpers: cpuOf(venue.helpers),
  };
}

/** From one moment to another. */
export function usedBetween(before: Usage, after: Usage): Usage {
  return {
    at: after.at - before.at,
    server: after.server - before.server,
    generator: after.generator - before.generator,
    helpers: after.helpers - before.helpers,
  };
}
