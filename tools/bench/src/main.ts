import { faults } from './faults';
import { benchOptions, type BenchOptions } from './options';
import { inText, type Report } from './stack/report';
import { stored } from './stored';

interface Workload {
  readonly usage: string;
  run(options: BenchOptions): Promise<Report>;
}

const workloads: Readonly<Record<string, Workload>> = {
  stored: {
    usage: 'stored [seconds]   20 connections store in 10 topics, beside one INSERT a row (default 30 s)',
    run: ({ amount = 30 }) => stored(amount),
  },
  faults: {
    usage:
      'faults [seconds] [--seed n] [--clients 30] [--topics 10] [--backoff-max ms]   ' +
      'random faults of network, server and database; then acks, what each saw and the table are compared (120 s)',
    run: ({ amount = 120, ...options }) => faults({ ...options, seconds: amount }),
  },
};

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function usage(problem: string): void {
  print(problem);
  print('npm run bench -- <workload> [--json] [--server another-build/main.js]');
  for (const workload of Object.values(workloads)) print(`  ${workload.usage}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  let options: BenchOptions;
  try {
    options = benchOptions(process.argv.slice(2), () => 1 + Math.floor(Math.random() * 1_000_000));
  } catch (error) {
    usage(error instanceof Error ? error.message : String(error));
    return;
  }
  const workload = workloads[options.workload];
  if (workload === undefined) {
    usage(options.workload === '' ? 'Which workload?' : `There is no workload ${options.workload}.`);
    return;
  }
  const report = await workload.run(options);
  print(inText(report));
  if (options.json) print(JSON.stringify(report.figures));
  if (report.failed) process.exitCode = 1;
}

await main();
