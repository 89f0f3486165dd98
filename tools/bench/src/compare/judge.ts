import type { Compared, Comparison, Requirement } from './comparison';

/** `over`: each other contender, for what must hold against all of them. */
export const EVERY_OTHER = 'every other';

/** What became of a requirement. */
export interface Judgement {
  readonly requirement: Requirement;
  /** Against whom; `undefined` for a figure of ours alone. */
  readonly against: string | undefined;
  /** The ratio, or the figure; `undefined` when it could not be measured. */
  readonly value: number | undefined;
  /** `undefined` when it cannot be told. */
  readonly holds: boolean | undefined;
}

/** Compares the medians of one run with what must hold. */
export function judge({ workload, contenders }: Pick<Comparison, 'workload' | 'contenders'>): Judgement[] {
  const [ours, ...others] = contenders;
  return workload.mustHold.flatMap((requirement) => {
    const { over, figure } = requirement;
    if (over === undefined) return [judged(requirement, undefined, ours?.figures[figure]?.median)];
    const against = over === EVERY_OTHER ? others : others.filter(({ name }) => name === over);
    if (against.length === 0) return [judged(requirement, over, undefined)];
    return against.map((other) => judged(requirement, other.name, ratio(ours, other, figure)));
  });
}

/** Ours divided by another's, of the medians; `undefined` when one has no such figure. */
export function ratio(ours: Compared | undefined, other: Compared, figure: string): number | undefined {
  const [mine, theirs] = [ours?.figures[figure]?.median, other.figures[figure]?.median];
  if (mine === undefined || theirs === undefined || theirs === 0) return undefined;
  return mine / theirs;
}

function judged(requirement: Requirement, against: string | undefined, value: number | undefined): Judgement {
  const { atLeast = -Infinity, atMost = Infinity } = requirement;
  return { requirement, against, value, holds: value === undefined ? undefined : value >= atLeast && value <= atMost };
}
