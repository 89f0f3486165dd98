/** The value below which a share of the sorted values lies; NaN without values. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The same values, ascending. */
export function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}
