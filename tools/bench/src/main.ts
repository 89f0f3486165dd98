import { board } from './board';
import { writePage } from './compare';
import { connecting } from './connecting';
import { exchanges } from './exchanges';
import { fanOut, windowsFor } from './fan-out';
import { faults } from './faults';
import { idle } from './idle';
import { benchOptions, type BenchOptions } from './options';
import { recovery } from './recovery';
import { removals } from './removals';
import { restart } from './restart';
import { slowReader } from './slow-reader';
import { inText, type Report } from './stack/report';
import { stored } from './stored';

interface Workload {
  readonly usage: string;
  run(options: BenchOptions): Promise<Report>;
}

const workloads: Readonly<Record<string, Workload>> = {
  stored: {
    usage: 'stored [seconds]   20 connections store in 10 topics, beside INSERTs of one row and of many (10 s)',
    run: ({ amount = 10, ...options }) => stored(amount, { ...options, progress }),
  },
  board: {
    usage: 'board [updates] [--seed n]   a whiteboard is opened before and after its compaction (100,000)',
    run: ({ amount = 100_000, seed, program }) => board({ updates: amount, seed, program }),
  },
  faults: {
    usage:
      'faults [seconds] [--seed n] [--clients 30] [--topics 10] [--backoff-max ms]   ' +
      'random faults of network, server and database; then acks, what each saw and the table are compared (120 s)',
    run: ({ amount = 120, ...options }) => faults({ ...options, seconds: amount, progress }),
  },
  removals: {
    usage: 'removals [how many] [--seed n]   people are removed from meetings in which others talk all the time (200)',
    run: ({ amount = 200, seed, program }) =>
      removals({ removals: amount, cancels: 10, ends: 10, rooms: 8, seed, program }),
  },
  'slow-reader': {
    usage: 'slow-reader [seconds]   1,000 messages a second with and without someone who stops reading (10 s a phase)',
    run: ({ amount = 10, program }) =>
      slowReader({ publishers: 20, readers: 10, perSecond: 1_000, seconds: amount, rounds: 2, program }),
  },
  'fan-out': {
    usage:
      'fan-out [subscribers] [--payload 64] [--window 16] [--seconds 5] [--only parley,…]   ' +
      'one topic, as many messages as each server takes (1,000)',
    run: ({ amount = 1_000, payload = 64, windows = windowsFor(payload), seconds = 5, ...options }) => {
      const messages = { payloadBytes: payload, windows, seconds, warmUpSeconds: 2 };
      return fanOut({ ...options, ...messages, subscribers: amount }, options.only, { ...options, progress });
    },
  },
  'fan-out-steady': {
    usage:
      'fan-out-steady [subscribers] [--payload 64] [--seconds 10] [--only parley,…]   the same with 50 messages a second',
    run: ({ amount = 1_000, payload = 64, seconds = 10, ...options }) => {
      const messages = { payloadBytes: payload, windows: [], seconds, warmUpSeconds: 10, perSecond: 50 };
      return fanOut({ ...options, ...messages, subscribers: amount }, options.only, { ...options, progress });
    },
  },
  exchanges: {
    usage:
      'exchanges [exchanges] [--seconds 30] [--only parley,…]   3 people in 3 topics each, cursors and chat (1,000)',
    run: ({ amount = 1_000, seconds = 30, ...options }) => {
      const traffic = { exchanges: amount, people: 3, cursorsPerSecond: 20, chatEvery: 10 };
      return exchanges({ ...options, ...traffic, seconds, warmUpSeconds: 5 }, { ...options, progress });
    },
  },
  idle: {
    usage: 'idle [connections] [--seconds 60] [--only parley,…]   memory and heartbeats of who says nothing (5,000)',
    run: ({ amount = 5_000, seconds = 60, ...options }) =>
      idle({ ...options, connections: amount, seconds, settleSeconds: 5 }, { ...options, progress }),
  },
  connecting: {
    usage: 'connecting [connections] [--only parley,…]   ticket, upgrade and a guarded topic (5,000)',
    run: ({ amount = 5_000, ...options }) =>
      connecting({ ...options, connections: amount, warmUp: 1_000, atOnce: 32 }, { ...options, progress }),
  },
  recovery: {
    usage:
      'recovery [clients] [--only parley,…]   all are cut off, and come back for 100 messages that were stored meanwhile (2,000)',
    run: ({ amount = 2_000, ...options }) => {
      const absence = { clients: amount, topics: 20, messages: 100, atOnce: 200 };
      return recovery({ ...options, ...absence }, { ...options, progress });
    },
  },
  restart: {
    usage:
      'restart [connections] [--backoff-max ms]   the server is stopped and started again while everyone is connected (2,000)',
    run: ({ amount = 2_000, backoffMax, program }) =>
      restart({ connections: amount, users: Math.ceil(amount / 10), backoffMax, program, progress }),
  },
  page: {
    usage: 'page   writes the charts and tables of docs/performance.md from the figures in docs/performance',
    run: writePage,
  },
};

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** For whoever waits; not part of the report. */
function progress(line: string): void {
  process.stderr.write(`… ${line}\n`);
}

function usage(problem: string): void {
  print(problem);
  print(
    'npm run bench -- <workload> [--json] [--server another-build/main.js] [--repetitions 5] [--save] [--profile folder]',
  );
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

// Whoever is asked to stop ends what it started: servers and databases go when the process exits.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

await main();
