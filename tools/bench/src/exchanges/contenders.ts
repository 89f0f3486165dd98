import type { Contender, Sample } from '../compare';
import type { VenueKind } from './venue';

/** What can do a workload, when it is a matter of who the server is. Ours first. */
export function contenders<O>(
  kinds: readonly VenueKind[],
  measure: (kind: VenueKind, options: O) => Promise<Sample>,
): readonly Contender<O>[] {
  return kinds.map((kind) => ({
    name: kind.name,
    get version() {
      return kind.version;
    },
    missing: () => kind.missing(),
    measure: (options) => measure(kind, options),
  }));
}
