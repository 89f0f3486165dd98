import { ascending, quantile } from '../stack/quantile';
import { number, type Report } from '../stack/report';
import { measureBoard, type BoardFigures, type BoardOptions, type Opening } from './measure-board';

export async function board(options: BoardOptions): Promise<Report> {
  const figures = await measureBoard(options);
  const { updates, before, after, compaction } = figures;
  const broken = brokenRules(figures);
  return {
    title: `a whiteboard of ${number(updates)} stored updates, opened ${before.length} times each`,
    lines: [
      ['before compaction', inWords(before)],
      ['after compaction', inWords(after)],
      ['compaction', `${number(compaction.times)} in ${number(compaction.seconds, 1)} s`],
      ...broken,
    ],
    figures,
    failed: broken.length > 0,
  };
}

/** Whatever must not be, however slow the machine is. */
export function brokenRules({ before, after }: BoardFigures): string[] {
  return [
    ...(before.every(({ complete }) => complete) ? [] : ['before compaction something is missing']),
    ...(after.every(({ complete }) => complete) ? [] : ['after compaction something is missing']),
    ...(after.every(({ tail }) => tail === 0) ? [] : ['not everything is compacted']),
  ];
}

function inWords(openings: readonly Opening[]): string {
  const median = (figure: (opening: Opening) => number): string =>
    number(quantile(ascending(openings.map(figure)), 0.5));
  const bytes = number(openings[0]?.bytes ?? 0);
  return `${bytes} bytes; fetched in ${median(({ fetched }) => fetched)} ms, applied in ${median(({ applied }) => applied)} ms`;
}
