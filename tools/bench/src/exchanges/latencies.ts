import type { Latency } from '../compare/contract';
import { quantile } from '../stack/quantile';

const FIRST = 65_536;

/** Millions of times, in milliseconds, without an object for each. */
export class Latencies {
  private values: Float64Array;
  private size = 0;

  /** @param expected so many or fewer need no more memory later, which would be collected while it is measured */
  constructor(expected = FIRST) {
    this.values = new Float64Array(Math.max(1, expected));
  }

  get count(): number {
    return this.size;
  }

  add(milliseconds: number): void {
    if (this.size === this.values.length) {
      const larger = new Float64Array(this.size * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.size] = milliseconds;
    this.size += 1;
  }

  /** NaN everywhere when nothing was added. */
  summary(): Latency {
    const sorted = this.values.slice(0, this.size).sort();
    return {
      p50: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
      p999: quantile(sorted, 0.999),
      max: sorted.at(-1) ?? Number.NaN,
    };
  }
}
