import { number, type Report } from '../stack/report';
import { measureFaults, type FaultFigures, type FaultOptions } from './measure-faults';

/** Everyone is to be back so many milliseconds after the last fault. */
export const BACK_TARGET_MS = 5_000;

export async function faults(options: FaultOptions): Promise<Report> {
  const figures = await measureFaults(options);
  const { seconds, clients, topics, seed, backoffMax } = options;
  const { counts, back } = figures;
  const broken = brokenRules(figures);
  if (back.worst > BACK_TARGET_MS) broken.push(`the last client came back after ${number(back.worst)} ms`);
  return {
    title: `faults, ${seconds} s, ${clients} clients in ${topics} topics, seed ${seed}`,
    lines: [
      ['faults', byKind(figures)],
      [
        'messages',
        `${number(figures.sent)} sent, ${number(figures.acknowledged)} acknowledged, ${number(figures.rows)} rows, ${number(figures.shown)} shown`,
      ],
      ['given up by the client', inWords(figures.rejected) || 'none'],
      ['gone with their page', `${number(figures.goneWithPage)} unstored ones that waited when it was closed`],
      ['tickets asked for', number(figures.tickets)],
      ['longest backoff', `${number(backoffMax)} ms (the client’s default: 30,000)`],
      [
        'back after the last one',
        `median ${number(back.median)} ms, worst ${number(back.worst)} ms (target ${number(BACK_TARGET_MS)})`,
      ],
      ['broken rules', inWords({ ...counts })],
      ...broken,
      ...(broken.length === 0
        ? []
        : [`To do the same again: --seed ${seed} (the plan is the same, the timing is not)`]),
      ...(broken.length === 0 ? [] : whatHappened(figures)),
    ],
    figures,
    failed: broken.length > 0,
  };
}

/** Whatever must not be, however slow the machine is; empty for a run in which everything held. */
export function brokenRules({ counts, evidence, away, surprises }: FaultFigures): string[] {
  const broken = [...evidence, ...surprises];
  const total = Object.values({ ...counts }).reduce((sum, count) => sum + count, 0);
  if (total > evidence.length) broken.push(`… and ${total - evidence.length} more`);
  if (away.length > 0) broken.push(`not back: ${away.join(', ')}`);
  return broken;
}

function byKind({ faults: done }: FaultFigures): string {
  const kinds: Record<string, number> = {};
  for (const { kind } of done) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return `${done.length}: ${inWords(kinds)}`;
}

function inWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
}

/** Every fault with its times and whom it hit. */
export function whatHappened({ faults: done }: FaultFigures): string[] {
  return done.map(
    ({ kind, clients, planned, began, ended }) =>
      `  ${began}–${ended} ms (planned ${planned}) ${kind}: clients ${clients.map((client) => client + 1).join(' ')}`,
  );
}
