import { EVERY_OTHER, judge, ratio, type Judgement } from './judge';
import type { Comparison } from './comparison';
import { inUnit, spreadInUnit, times } from './units';

/** Above this share of its core the generator may be what was measured. */
const BUSY_GENERATOR = 0.9;

/** The table: a heading and a row for each contender, ours first. The last column is ours divided by it. */
export function tableOf(comparison: Comparison): { readonly head: string[]; readonly rows: string[][] } {
  const { figures } = comparison.workload;
  const [headline] = figures;
  const [ours] = comparison.contenders;
  return {
    head: ['', ...figures.map(({ label }) => label), 'ours / it'],
    rows: comparison.contenders.map((contender) => {
      const share = headline === undefined ? undefined : ratio(ours, contender, headline.key);
      return [
        `${contender.name} ${contender.version}`.trim(),
        ...figures.map((figure) => spreadInUnit(contender.figures[figure.key], figure)),
        contender === ours || share === undefined ? '' : times(share),
      ];
    }),
  };
}

/** What must hold, each with what was found. */
export function judgements(comparison: Comparison): string[] {
  return judge(comparison).map((judgement) => {
    const verdict = judgement.holds === undefined ? 'not told' : judgement.holds ? 'holds' : 'DOES NOT HOLD';
    return `${wanted(comparison, judgement)}: ${found(comparison, judgement)}, ${verdict}`;
  });
}

/** What a reader has to know to trust the figures, in sentences. */
export function remarks({ leftOut, contenders, pinned, repetitions }: Comparison): string[] {
  const shares = contenders.map(({ name, figures }) => ({ name, share: figures.generatorShare?.max ?? 0 }));
  const busy = shares.filter(({ share }) => share >= BUSY_GENERATOR).map(({ name }) => name);
  const most = inUnit(Math.max(...shares.map(({ share }) => share)), 'share');
  return [
    `Median of ${repetitions} repetitions in turns (lowest – highest).`,
    `The load generator used at most ${most} of its core${
      busy.length === 0 ? '.' : `; with ${busy.join(', ')} it may be what was measured.`
    }`,
    ...(pinned === true ? ['Server and generator had a core each.'] : []),
    ...(pinned === false ? ['Not pinned: server and generator shared their cores.'] : []),
    ...leftOut.map(({ name, why }) => `Left out: ${name} (${why}).`),
  ];
}

/** Where, when and how, in a line. */
export function origin({ circumstances: { date, commit, cpu, cores, kernel, node } }: Comparison): string {
  return `${date}, commit ${commit}; ${cpu}, ${cores} cores, ${kernel}, Node ${node.replace(/^v/, '')}.`;
}

function wanted({ workload }: Comparison, { requirement, against }: Judgement): string {
  const { figure: key, over, atLeast, atMost } = requirement;
  const figure = workload.figures.find((one) => one.key === key);
  const value = (bound: number): string =>
    over === undefined ? inUnit(bound, figure?.unit ?? 'count') : `${times(bound)} ${against ?? EVERY_OTHER}`;
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${value(atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${value(atMost)}`]),
  ];
  return `${figure?.label ?? key} ${bounds.join(', ')}`;
}

function found({ workload }: Comparison, { requirement, value }: Judgement): string {
  if (value === undefined) return 'not measured';
  if (requirement.over !== undefined) return times(value);
  return inUnit(value, workload.figures.find(({ key }) => key === requirement.figure)?.unit ?? 'count');
}
