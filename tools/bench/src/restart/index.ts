import { number, type Report } from '../stack/report';
import { bar, bins } from './histogram';
import { measureRestart, type RestartFigures, type RestartOptions } from './measure-restart';

/** Widths of a bin, in milliseconds: the first with which everything fits in so many bins. */
const BIN_MS = [250, 500, 1_000, 2_500, 5_000];
const BINS = 28;
const BAR = 30;

export async function restart(options: RestartOptions): Promise<Report> {
  const figures = await measureRestart(options);
  const { connections, cpu } = figures;
  const broken = brokenRules(figures);
  return {
    title: `restart of a server with ${number(connections)} connections of ${number(figures.users)} people; every client is @parley/client`,
    lines: [
      [
        'the server',
        `gone after ${seconds(figures.goneAt)} (exit code ${figures.exitCode}), serves again after ${seconds(figures.readyAt)}`,
      ],
      ['told when to come', `${number(figures.told)}; closed with 1012: ${number(figures.closedForRestart)}`],
      ['longest backoff', `${number(options.backoffMax)} ms (the client’s default: 30,000)`],
      ...histogram(figures),
      [
        'asks for a ticket',
        `${number(figures.asks.length)} (${number(figures.asks.length / connections, 2)} a client, at most ${figures.mostAsks}): ${inWords(figures.statuses)}`,
      ],
      [
        'back in their topics',
        `half after ${seconds(figures.halfBackAt)}, the last after ${seconds(figures.allBackAt)}: ${seconds(figures.allBackAt - figures.readyAt)} after the server served`,
      ],
      [
        'server CPU',
        `${number(cpu.whole - cpu.start, 2)} s for everyone to come back, beside ${number(cpu.start, 2)} s to start; the clients used ${number(figures.benchCpu, 2)} s`,
      ],
      ['acknowledged', `${number(figures.acknowledged)}, lost ${figures.lost}`],
      ...broken,
    ],
    figures,
    failed: broken.length > 0,
  };
}

/** Whatever must not be, however slow the machine is. */
export function brokenRules({ exitCode, told, connections, away, lost }: RestartFigures): string[] {
  const broken: string[] = [];
  if (exitCode !== 0) broken.push(`the server ended with ${exitCode}`);
  if (told < connections) broken.push(`${connections - told} were not told when to come back`);
  if (away > 0) broken.push(`${away} did not come back`);
  if (lost > 0) broken.push(`${lost} acknowledged messages are lost`);
  return broken;
}

function histogram({ due, firstAsks, asks }: RestartFigures): string[] {
  const end = Math.max(...due, ...asks);
  const width = BIN_MS.find((each) => end < each * BINS) ?? end / BINS;
  const count = Math.floor(end / width) + 1;
  const [told, came, all] = [bins(due, width, count), bins(firstAsks, width, count), bins(asks, width, count)];
  const most = Math.max(...told, ...all);
  const cell = (value = 0): string => `${String(value).padStart(5)} ${bar(value, most, BAR).padEnd(BAR)}`;
  const rows = told.map((value, index) => {
    const from = ((index * width) / 1000).toFixed(2).padStart(6);
    return `  ${from} s  ${cell(value)} ${String(came[index]).padStart(5)}   ${cell(all[index])}`.trimEnd();
  });
  return [`  ${'from'.padStart(8)}  ${'told to come'.padEnd(BAR + 6)} first ask   all asks for a ticket`, ...rows];
}

function seconds(milliseconds: number): string {
  return `${number(milliseconds / 1000, 2)} s`;
}

function inWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${what}: ${number(count)}`)
    .join(', ');
}
