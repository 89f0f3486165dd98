import { ascending } from '../stack/quantile';

/** A figure over all repetitions. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws RangeError without values */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = ascending(values);
  const [min, max] = [sorted.at(0), sorted.at(-1)];
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted.at(Math.floor(middle)), sorted.at(Math.ceil(middle))];
  if (min === undefined || max === undefined || low === undefined || high === undefined) {
    throw new RangeError('There is nothing to take a median of.');
  }
  return { median: (low + high) / 2, min, max };
}
