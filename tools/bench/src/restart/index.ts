import { number, type Report } from '../stack/report';
import { bar, bins } from './histogram';
import { measureRestart, type RestartFigures, type RestartOptions } from './measure-restart';

const BIN_MS = 250;
const BINS = 24;
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
        `${number(cpu.whole - cpu.start, 2)} s for everyone to come back, beside ${number(cpu.start, 2)} s to start`,
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
  const [told, came, all] = [due, firstAsks, asks].map((values) => bins(values, BIN_MS, BINS));
  if (told === undefined || came === undefined || all === undefined) return [];
  const most = Math.max(...told, ...all);
  const last = Math.max(...[told, all].map((counts) => counts.findLastIndex((count) => count > 0)));
  const cell = (value: number): string => `${String(value).padStart(5)} ${bar(value, most, BAR).padEnd(BAR)}`;
  const rows = told.slice(0, last + 1).map((value, index) => {
    const from = (index * BIN_MS) / 1000;
    return `  ${from.toFixed(2).padStart(6)} s  ${cell(value)} ${String(came[index]).padStart(5)}   ${cell(all[index] ?? 0)}`;
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
