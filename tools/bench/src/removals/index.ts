import { number, type Report } from '../stack/report';
import { measureRemovals, type RemovalFigures, type RemovalOptions, type Spread } from './measure-removals';

/** Nobody may stay longer than so many milliseconds (S6). */
const LIMIT_MS = 1_000;

export async function removals(options: RemovalOptions): Promise<Report> {
  const figures = await measureRemovals(options);
  const { removal, cancel, end } = figures;
  const broken = brokenRules(figures);
  const slowest = Math.max(removal.fromRequest.worst, cancel.fromRequest.worst, end.fromRequest.worst);
  if (slowest >= LIMIT_MS) broken.push(`one took ${number(slowest)} ms`);
  return {
    title: `removals, ${options.removals} in ${options.rooms} meetings where ${number(figures.said)} messages were said, seed ${options.seed}`,
    lines: [
      ['removed', `${inWords(removal.fromRequest)} from the request`],
      ['', `${inWords(removal.fromAnswer)} from its answer`],
      ['cancelled', `${inWords(cancel.fromRequest)} from the request`],
      ['', `${inWords(cancel.fromAnswer)} from its answer`],
      ['ended', `${inWords(end.fromRequest)} from the request, until the last was told`],
      ['never told', number(figures.untold)],
      ['messages that leaked', number(figures.leaked.length)],
      [
        'after an end',
        `${number(figures.acceptedAfterEnd.length)} accepted, ${number(figures.refusedAfterEnd)} refused`,
      ],
      ...broken,
    ],
    figures,
    failed: broken.length > 0,
  };
}

/** Whatever must not be, however slow the machine is. */
export function brokenRules({ untold, leaked, acceptedAfterEnd }: RemovalFigures): string[] {
  const broken: string[] = [];
  if (untold > 0) broken.push(`${untold} were never told`);
  if (leaked.length > 0) broken.push(`reached someone who was out: ${firstOf(leaked)}`);
  if (acceptedAfterEnd.length > 0) broken.push(`accepted after the end: ${firstOf(acceptedAfterEnd)}`);
  return broken;
}

/** Ids enough to look for. */
function firstOf(ids: readonly string[]): string {
  return `${ids.slice(0, 20).join(' ')}${ids.length > 20 ? ` and ${ids.length - 20} more` : ''}`;
}

function inWords({ count, median, worst }: Spread): string {
  if (count === 0) return 'none';
  return `${count}: median ${number(median, 1)} ms, worst ${number(worst, 1)} ms`;
}
