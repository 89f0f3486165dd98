/** Where values lie on an axis. */
export interface Scale {
  readonly logarithmic: boolean;
  /** Values with a line and a label, ascending. */
  readonly ticks: readonly number[];
  /** From 0, the axis' beginning, to 1. */
  at(value: number): number;
}

/** Past this ratio of the largest to the smallest median, bars of a linear axis would be too short to compare. */
const LINEAR_RATIO = 20;
const LINEAR_TICKS = 5;

/**
 * An axis for these values, from 0 or, logarithmic, from the power of ten below the smallest.
 *
 * @param medians decide the kind
 * @param largest of all values, whiskers included
 */
export function scaleFor(medians: readonly number[], largest: number): Scale {
  const smallest = Math.min(...medians);
  return smallest > 0 && Math.max(...medians) / smallest > LINEAR_RATIO
    ? logarithmic(smallest, largest)
    : linear(largest);
}

function linear(largest: number): Scale {
  const step = roundStep((largest > 0 ? largest : 1) / LINEAR_TICKS);
  const count = Math.ceil(largest / step) || 1;
  const end = step * count;
  const ticks = Array.from({ length: count + 1 }, (_, index) => index * step);
  return { logarithmic: false, ticks, at: (value) => value / end };
}

function logarithmic(smallest: number, largest: number): Scale {
  const first = Math.floor(Math.log10(smallest));
  const last = Math.max(first + 1, Math.ceil(Math.log10(largest)));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  const at = (value: number): number => {
    return value <= 0 ? 0 : Math.max(0, (Math.log10(value) - first) / (last - first));
  };
  return { logarithmic: true, ticks, at };
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 2.5, 5].find((factor) => factor * power >= least) ?? 10);
}
