import { setTimeout as delay } from 'node:timers/promises';
import type { Sample } from '../compare';
import { Latencies } from '../exchanges/latencies';
import { usageOf, usedBetween } from '../exchanges/usage';
import type { VenueOptions } from '../exchanges/venue';
import type { Absentee, Reunion, ReturnFaults } from './absence';

export interface RecoveryOptions extends Pick<VenueOptions, 'program' | 'profile'> {
  readonly clients: number;
  /** Each client is in one. */
  readonly topics: number;
  /** Said in each topic meanwhile; 100 at most: more at once is more than one connection may send (L1). */
  readonly messages: number;
  /** So many are on their way back at the same time. */
  readonly atOnce: number;
}

/** Said while everyone is away for the first time, which does not count. */
const WARM_UP_MESSAGES = 20;
/** Milliseconds until the server must have noticed that everyone is gone. */
const NOTICED_MS = 10_000;

/** Everyone is cut off, a hundred things are said in each topic, and everyone comes back for them. */
export async function measureRecovery(
  open: (options: RecoveryOptions) => Promise<Reunion>,
  options: RecoveryOptions,
): Promise<Sample> {
  const reunion = await open(options);
  try {
    await round(reunion, Math.min(WARM_UP_MESSAGES, options.messages), options.atOnce);
    return await round(reunion, options.messages, options.atOnce);
  } finally {
    for (const { voice, absentees } of reunion.gatherings) for (const each of [voice, ...absentees]) each.leave();
    await reunion.stop();
  }
}

/** One absence. @throws Error when someone did not get everything once and in order */
async function round(reunion: Reunion, messages: number, atOnce: number): Promise<Sample> {
  const { gatherings, pinned } = reunion;
  const everyone = gatherings.flatMap(({ absentees }) => absentees);
  await Promise.all(everyone.map((absentee) => absentee.cut()));
  await noticed(reunion);
  const said = await Promise.all(gatherings.map(({ voice }) => voice.say(messages)));
  const latencies = new Latencies();
  const before = usageOf(reunion);
  await allComeBack(everyone, { messages, atOnce, latencies });
  const used = usedBetween(before, usageOf(reunion));
  check(reunion, said);
  const deliveries = everyone.length * messages;
  return {
    seconds: used.at,
    deliveries,
    perSecond: deliveries / used.at,
    perCpuSecond: deliveries / used.server,
    serverCpu: used.server,
    generatorCpu: used.generator,
    latency: latencies.summary(),
    pinned,
    extra: {
      cpuPerClient: (used.server * 1e6) / everyone.length,
      databasePerClient: (used.helpers * 1e6) / everyone.length,
    },
  };
}

/** Until only those are connected who stay: what is said before that would not be missed. */
async function noticed(reunion: Reunion): Promise<void> {
  const deadline = performance.now() + NOTICED_MS;
  while ((await reunion.connections()) > reunion.gatherings.length) {
    if (performance.now() > deadline) throw new Error('The server did not notice that everyone is gone.');
    await delay(20);
  }
}

async function allComeBack(
  everyone: readonly Absentee[],
  { messages, atOnce, latencies }: { messages: number; atOnce: number; latencies: Latencies },
): Promise<void> {
  const waiting = everyone.values();
  const queue = async (): Promise<void> => {
    for (const absentee of waiting) {
      const began = performance.now();
      await absentee.comeBack(messages);
      latencies.add(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, queue));
}

function check({ gatherings }: Reunion, said: readonly (readonly string[])[]): void {
  const sum = { missing: 0, twice: 0, disordered: 0, unrecovered: 0 };
  for (const [index, { absentees }] of gatherings.entries()) {
    for (const absentee of absentees) {
      const faults = absentee.check(said[index] ?? []);
      for (const name of Object.keys(sum) as (keyof ReturnFaults)[]) sum[name] += faults[name];
    }
  }
  if (Object.values(sum).some((count) => count > 0)) throw new Error(`Wrong: ${JSON.stringify(sum)}`);
}
