import type { ComparisonOptions, Contender, Sample } from '../compare';
import type { VenueKind } from './venue';

/** How they are compared. */
export interface ComparingVenues extends ComparisonOptions {
  /** Names of those that take part; left out: all. */
  readonly only?: readonly string[] | undefined;
}

/**
 * What can do a workload, when it is a matter of who the server is.
 *
 * @param kinds ours first
 * @param only names of those that take part; left out: all
 * @throws RangeError when nobody is left
 */
export function contenders<O>(
  kinds: readonly VenueKind[],
  measure: (kind: VenueKind, options: O) => Promise<Sample>,
  only?: readonly string[],
): readonly Contender<O>[] {
  const taking = kinds.filter(({ name }) => only?.includes(name) !== false);
  if (taking.length === 0) throw new RangeError(`None of ${kinds.map(({ name }) => name).join(', ')}.`);
  return taking.map((kind) => ({
    name: kind.name,
    get version() {
      return kind.version;
    },
    missing: () => kind.missing(),
    measure: (options) => measure(kind, options),
  }));
}
