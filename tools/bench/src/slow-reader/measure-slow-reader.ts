import { HttpPerson } from '@parley/harness';
import { setTimeout as delay } from 'node:timers/promises';
import { BenchSocket } from '../stack/bench-socket';
import { cpuSeconds } from '../stack/cpu-seconds';
import { bookTopic } from '../stack/exchange';
import { residentBytes } from '../stack/memory';
import { ascending, quantile } from '../stack/quantile';
import { Stack } from '../stack/stack';
import { Publisher } from './publisher';
import { StoppedReader, type Recovery } from './stopped-reader';

export interface SlowReaderOptions {
  readonly publishers: number;
  readonly readers: number;
  /** Of all publishers together. */
  readonly perSecond: number;
  /** Seconds of each phase. */
  readonly seconds: number;
  /** Phases without and with someone who stops reading, in turns. */
  readonly rounds: number;
  /** Another build of the server, inside the workspace. */
  readonly program?: string | undefined;
}

export interface Phase {
  readonly withStopped: boolean;
  /** Acknowledged messages a second. */
  readonly perSecond: number;
  /** Milliseconds from publishing to any of the readers that keep up. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly worst: number };
  /** The server's memory: when the phase began, at most, and when it had ended; bytes. */
  readonly memory: { readonly before: number; readonly most: number; readonly after: number };
  /** CPU seconds of the server, and of this process, for each second. */
  readonly cpu: { readonly server: number; readonly bench: number };
  /** Of the one who stopped reading. */
  readonly recovery?: Recovery;
}

/** Everyone reads, and in every second phase one more stops reading. */
export async function measureSlowReader(options: SlowReaderOptions): Promise<Phase[]> {
  const stack = await Stack.start({ program: options.program, env: { LIMIT_CONNECTIONS_PER_USER: '100' } });
  const sockets: { close(): Promise<void> }[] = [];
  try {
    const [ann, ben, cleo] = await Promise.all(
      ['Ann', 'Ben', 'Cleo'].map((name) => HttpPerson.register(stack.server, name)),
    );
    if (ann === undefined || ben === undefined || cleo === undefined) throw new Error('Nobody is there.');
    const topic = await bookTopic(ann, [ben, cleo]);
    const publishers: Publisher[] = [];
    for (let number = 1; number <= options.publishers; number += 1) {
      publishers.push(await Publisher.open(ann, topic, `p${number}`));
    }
    const latencies: number[] = [];
    for (let number = 1; number <= options.readers; number += 1) {
      const reader = await BenchSocket.open(ben);
      await reader.subscribe(topic);
      reader.onFrame = ({ type, payload }, at) => {
        if (type === 'message') latencies.push(at - (payload as { at: number }).at);
      };
      sockets.push(reader);
    }
    sockets.push(...publishers);
    // Once unmeasured: the first seconds of a process are not like the others.
    await runPhase(stack, options, publishers, latencies);
    const phases: Phase[] = [];
    for (let round = 1; round <= options.rounds; round += 1) {
      phases.push(await runPhase(stack, options, publishers, latencies));
      const stopped = await StoppedReader.join(cleo, topic);
      phases.push(await runPhase(stack, options, publishers, latencies, { stopped, topic }));
      stopped.leave();
    }
    return phases;
  } finally {
    await Promise.all(sockets.map((socket) => socket.close()));
    await stack.stop();
  }
}

async function runPhase(
  { server, database }: Stack,
  { seconds, perSecond }: SlowReaderOptions,
  publishers: readonly Publisher[],
  latencies: number[],
  slow?: { readonly stopped: StoppedReader; readonly topic: string },
): Promise<Phase> {
  latencies.length = 0;
  const acknowledged = (): number => publishers.reduce((sum, publisher) => sum + publisher.acknowledged, 0);
  const [ackedBefore, serverCpu, ownCpu] = [acknowledged(), cpuSeconds(server.pid), cpuSeconds(process.pid)];
  const before = residentBytes(server.pid);
  let most = before;
  const sampling = setInterval(() => (most = Math.max(most, residentBytes(server.pid))), 100);
  const started = performance.now();
  for (const publisher of publishers) publisher.start(perSecond / publishers.length);
  // It reads a little first, so that it is someone who stops and not someone who never was there.
  await delay(Math.min(1_000, (seconds * 1000) / 4));
  const readOn = slow?.stopped.stopReading();
  await delay(started + seconds * 1000 - performance.now());
  for (const publisher of publishers) publisher.stop();
  const took = (performance.now() - started) / 1000;
  await Promise.all(publishers.map((publisher) => publisher.settled()));
  clearInterval(sampling);
  const cpu = {
    server: (cpuSeconds(server.pid) - serverCpu) / took,
    bench: (cpuSeconds(process.pid) - ownCpu) / took,
  };
  const sorted = ascending(latencies);
  const phase: Phase = {
    withStopped: slow !== undefined,
    perSecond: (acknowledged() - ackedBefore) / took,
    latency: { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), worst: quantile(sorted, 1) },
    memory: { before, most, after: residentBytes(server.pid) },
    cpu,
  };
  if (slow === undefined || readOn === undefined) return phase;
  const { rows } = await database.query<{ last_seq: string }>('SELECT last_seq FROM topics WHERE name = $1', [
    slow.topic,
  ]);
  return { ...phase, recovery: await readOn(Number(rows[0]?.last_seq)) };
}
