/** Counts of values in bins of one width from 0 on; the last bin holds everything beyond. */
export function bins(values: readonly number[], width: number, count: number): number[] {
  const counts = Array.from({ length: count }, () => 0);
  for (const value of values) {
    const bin = Math.min(count - 1, Math.max(0, Math.floor(value / width)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** A bar whose full width stands for `most`. */
export function bar(value: number, most: number, width: number): string {
  return '█'.repeat(Math.round((value / Math.max(1, most)) * width));
}
