import { setTimeout as delay } from 'node:timers/promises';
import type { Sample } from '../compare';
import { memoryOf } from '../load';
import { Ledger } from './ledger';
import { seats } from './seats';
import { Traffic, type TrafficOptions } from './traffic';
import { usageOf, usedBetween } from './usage';
import { allFeatures, type Guest, type Venue, type VenueKind, type VenueOptions } from './venue';

export interface ExchangesOptions
  extends TrafficOptions, Pick<VenueOptions, 'exchanges' | 'people' | 'program' | 'profile'> {
  /** How long is measured. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/** So many come in at the same time. */
const BATCH = 100;
/** Milliseconds for what is under way at the end to arrive; only what is lost waits that long. */
const ARRIVAL_MS = 10_000;

/** Everyone is in their exchange, moves the pointer and says something now and then. */
export async function measureExchanges(kind: VenueKind, options: ExchangesOptions): Promise<Sample> {
  const venue = await kind.start({ ...options, topics: allFeatures });
  try {
    return await measure(venue, options);
  } finally {
    await venue.stop();
  }
}

async function measure(venue: Venue, options: ExchangesOptions): Promise<Sample> {
  const { exchanges, people, seconds, warmUpSeconds, cursorsPerSecond } = options;
  // Twice what is due: a machine that hangs for a while sends on all the same.
  const cursors = Math.ceil(2 * (seconds + warmUpSeconds + 1) * cursorsPerSecond);
  const ledger = new Ledger({ exchanges, people, cursors });
  const empty = memoryOf(venue.pids);
  const guests = await enterAll(venue, options, ledger);
  // What earlier repetitions left behind is not to be collected while this one is measured; not there without its flag.
  globalThis.gc?.();
  const traffic = new Traffic(options, guests, ledger);
  ledger.between = () => traffic.sendDue();
  traffic.start();
  await delay(warmUpSeconds * 1_000);
  ledger.begin();
  const before = usageOf(venue);
  await delay(seconds * 1_000);
  ledger.end();
  const after = usageOf(venue);
  ledger.between = () => undefined;
  traffic.stop();
  const memory = memoryOf(venue.pids);
  await arrived(ledger);
  await check(venue, ledger);
  const { at: took, server: serverCpu, generator, helpers } = usedBetween(before, after);
  const { deliveries } = ledger;
  const [chat, ack] = [ledger.chatLatencies.summary(), ledger.ackLatencies.summary()];
  return {
    seconds: took,
    deliveries,
    perSecond: deliveries / took,
    perCpuSecond: deliveries / serverCpu,
    serverCpu,
    generatorCpu: generator,
    latency: ledger.cursorLatencies.summary(),
    memoryPerConnection: (memory - empty) / (exchanges * people),
    pinned: venue.pinned,
    extra: {
      serverShare: serverCpu / took,
      helperCpu: helpers,
      cursorsLost: ledger.cursorsDue - ledger.cursorsCame,
      chatP50: chat.p50,
      chatP99: chat.p99,
      chatP999: chat.p999,
      ackP50: ack.p50,
      ackP99: ack.p99,
      ackP999: ack.p999,
      chats: ledger.chatsSent,
      memory,
      latestSend: traffic.latest,
    },
  };
}

async function enterAll(
  venue: Venue,
  { exchanges, people }: ExchangesOptions,
  ledger: Ledger,
): Promise<readonly (readonly Guest[])[]> {
  const arrivals = seats(exchanges * people, people).map((seat) => ({ seat, hearing: ledger.hearing(seat) }));
  const guests: Guest[] = [];
  for (let from = 0; from < arrivals.length; from += BATCH) {
    guests.push(...(await venue.enter(arrivals.slice(from, from + BATCH))));
  }
  return Array.from({ length: exchanges }, (_, exchange) => guests.slice(exchange * people, (exchange + 1) * people));
}

async function arrived(ledger: Ledger): Promise<void> {
  const deadline = performance.now() + ARRIVAL_MS;
  while (!ledger.complete && performance.now() < deadline) await delay(20);
}

/** Cursors may be lost, which the figures say; nothing else may. */
async function check(venue: Venue, ledger: Ledger): Promise<void> {
  const wrongs = ledger.wrongs();
  if (ledger.troubles.length > 0) throw new Error(`Trouble: ${ledger.troubles.slice(0, 3).join('; ')}`);
  if (Object.values(wrongs).some((count) => count > 0)) throw new Error(`Wrong: ${JSON.stringify(wrongs)}`);
  const kept = await venue.kept();
  if (kept !== undefined && kept !== ledger.chatsSent) {
    throw new Error(`${ledger.chatsSent} messages were said, and ${kept} are kept.`);
  }
}
