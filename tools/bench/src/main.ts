import { cpus } from 'node:os';
import { measureStored, type StoredFigures } from './stored';

const usage = `npm run bench -- stored [seconds]   20 connections store in 10 topics, beside one INSERT a row (default 30 s)`;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function table(figures: StoredFigures, seconds: number): void {
  const number = (value: number, digits = 0): string =>
    value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const [before, after] = figures.oneByOne;
  print(
    `stored messages, ${seconds} s, 20 connections in 10 topics, ${cpus().length} cores (${cpus()[0]?.model ?? ''})`,
  );
  print(`  acknowledged            ${number(figures.acknowledged)} (${number(figures.perSecond)} a second)`);
  print(`  one INSERT a row        ${number(before)} a second before, ${number(after)} after`);
  print(`  ratio                   ${number((2 * figures.perSecond) / (before + after), 1)}`);
  print(`  send to ack             p50 ${number(figures.latency.p50, 1)} ms, p99 ${number(figures.latency.p99, 1)} ms`);
  print(`  server CPU              ${number(figures.serverCpuPerMillion, 1)} s a million messages`);
  print(`  load generator CPU      ${number(figures.generatorCpu, 1)} s`);
  print(
    `  table                   ${number(figures.rows)} rows; lost ${figures.lost}, doubled ${figures.doubled}, ` +
      `misnumbered ${figures.misnumbered}, gaps ${figures.gaps}`,
  );
}

async function main(): Promise<void> {
  const [workload, given = '30'] = process.argv.slice(2);
  const seconds = Number(given);
  if (workload !== 'stored' || !(seconds > 0)) {
    print(usage);
    process.exitCode = 1;
    return;
  }
  const figures = await measureStored({ seconds, topics: 10, connectionsPerTopic: 2, inFlight: 64 });
  table(figures, seconds);
  print(JSON.stringify(figures));
  if (figures.lost + figures.doubled + figures.misnumbered + figures.gaps > 0) process.exitCode = 1;
}

await main();
