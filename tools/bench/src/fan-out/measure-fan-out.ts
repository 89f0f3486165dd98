import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Sample } from '../compare/contract';
import { cpuOf, memoryOf, Stamper } from '../load';
import type { Peer, RunningPeer } from '../peers';
import { Latencies } from '../exchanges/latencies';
import { cpuSeconds } from '../stack/cpu-seconds';
import { Audience } from './audience';
import type { FanOutOptions } from './options';
import { keepPace, saturate, type Pacer } from './pacers';

/** Starts a server, fills it, measures it and ends it. @throws Error unless everyone got everything exactly once */
export async function measureFanOut(peer: Peer, options: FanOutOptions): Promise<Sample> {
  const running = await peer.start({
    topics: 1,
    connections: options.subscribers,
    program: options.program,
    env: profiling(options.profile),
  });
  try {
    const [topic = ''] = running.topics;
    const audience = await Audience.gather(running.dialect, topic, options.subscribers);
    let sample: Sample;
    try {
      sample = await Promise.race([audience.broken, measure(running, audience, topic, options)]);
    } finally {
      await audience.leave();
    }
    audience.check();
    return sample;
  } finally {
    await running.stop();
  }
}

async function measure(
  running: RunningPeer,
  audience: Audience,
  topic: string,
  options: FanOutOptions,
): Promise<Sample> {
  const stamper = new Stamper(options.payloadBytes);
  const { perSecond, windows, warmUpSeconds, seconds } = options;
  if (perSecond !== undefined) {
    const pacer = keepPace(audience, topic, stamper, perSecond);
    await wait(warmUpSeconds * 1_000);
    return take(running, audience, pacer, seconds);
  }
  const best = windows.length === 1 ? (windows[0] ?? 1) : await bestOf(windows, running, audience, topic, options);
  const pacer = saturate(audience, topic, stamper, best);
  await wait(warmUpSeconds * 1_000);
  const sample = await take(running, audience, pacer, seconds);
  return { ...sample, extra: { ...sample.extra, window: best } };
}

/** The window with which the server does most with its CPU. */
async function bestOf(
  windows: readonly number[],
  running: RunningPeer,
  audience: Audience,
  topic: string,
  { payloadBytes, warmUpSeconds }: FanOutOptions,
): Promise<number> {
  const stamper = new Stamper(payloadBytes);
  let [best = 1] = windows;
  let most = 0;
  for (const window of windows) {
    const pacer = saturate(audience, topic, stamper, window);
    // The first part of each try is for code that gets warm.
    await wait((warmUpSeconds * 1_000) / 2);
    const { perCpuSecond } = await take(running, audience, pacer, warmUpSeconds / 2);
    if (perCpuSecond > most) [best, most] = [window, perCpuSecond];
  }
  return best;
}

/** What happens from now on for so long; then everything that was published has to be everywhere. */
async function take(running: RunningPeer, audience: Audience, pacer: Pacer, seconds: number): Promise<Sample> {
  const { pids, pinned } = running;
  const latencies = new Latencies();
  audience.latencies = latencies;
  const before = figures(pids, audience);
  await wait(seconds * 1_000);
  const after = figures(pids, audience);
  audience.latencies = new Latencies();
  pacer.stop();
  await audience.complete();
  const took = (after.at - before.at) / 1_000;
  const deliveries = after.received - before.received;
  const serverCpu = after.server - before.server;
  return {
    seconds: took,
    deliveries,
    perSecond: deliveries / took,
    perCpuSecond: deliveries / serverCpu,
    serverCpu,
    generatorCpu: after.generator - before.generator,
    latency: latencies.summary(),
    pinned,
    extra: { serverShare: serverCpu / took, memory: memoryOf(pids) },
  };
}

function figures(pids: readonly number[], audience: Audience) {
  return {
    at: performance.now(),
    received: audience.received,
    server: cpuOf(pids),
    generator: cpuSeconds(process.pid),
  };
}

function profiling(folder: string | undefined): Readonly<Record<string, string>> {
  if (folder === undefined) return {};
  mkdirSync(folder, { recursive: true });
  return { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${resolve(folder)}` };
}
