import { setTimeout as delay } from 'node:timers/promises';
import type { Sample } from '../compare';
import { seats } from '../exchanges/seats';
import { Silence } from '../exchanges/silence';
import { usageOf, usedBetween, type Usage } from '../exchanges/usage';
import type { Guest, Hearing, Seat, Venue, VenueKind, VenueOptions } from '../exchanges/venue';
import { memoryOf } from '../load';
import { lastingPort } from '../stack/lasting-port';
import { Inspector, type HeapUsage } from './inspector';

export interface IdleOptions extends Pick<VenueOptions, 'program' | 'profile'> {
  readonly connections: number;
  /** How long nothing happens but heartbeats, while CPU is measured. Less than a minute sees less than two of them. */
  readonly seconds: number;
  /** Between the last arrival and the measuring of memory. */
  readonly settleSeconds: number;
}

/** In each exchange. */
const PEOPLE = 3;
/** Come and go before anything is measured: code is compiled then, and lists that every server needs are there. */
const WARM_UP = 90;
/** So many come in at the same time. */
const BATCH = 50;
const MINUTE = 60;

/** Everyone is connected and subscribed to a topic, and nobody says anything. */
export async function measureIdle(kind: VenueKind, options: IdleOptions): Promise<Sample> {
  const { connections, seconds, settleSeconds } = options;
  const port = await lastingPort();
  const venue = await kind.start({
    ...options,
    exchanges: Math.ceil((connections + WARM_UP) / PEOPLE),
    people: PEOPLE,
    topics: ['text'],
    // Its address is asked for over HTTP, and not printed.
    nodeOptions: [`--inspect=127.0.0.1:${port}`, '--inspect-publish-uid=http'],
  });
  try {
    const inspector = await Inspector.of(port);
    const silence = new Silence();
    const everyone = seats(connections + WARM_UP, PEOPLE);
    const first = await fill(venue, everyone.slice(0, WARM_UP), silence.hearing);
    await Promise.all(first.map((guest) => guest.leave()));
    const before = await memory(venue, inspector);
    const rest = await quiet(venue, seconds / 4);
    await fill(venue, everyone.slice(WARM_UP), silence.hearing);
    await delay(settleSeconds * 1_000);
    const after = await memory(venue, inspector);
    const beats = await quiet(venue, seconds);
    inspector.close();
    silence.check();
    const perMinute = ({ server, at }: Usage): number => (server / at) * MINUTE;
    return {
      seconds: beats.at,
      deliveries: connections,
      perSecond: connections / beats.at,
      perCpuSecond: connections / beats.server,
      serverCpu: beats.server,
      generatorCpu: beats.generator,
      memoryPerConnection: (after.resident - before.resident) / connections,
      pinned: venue.pinned,
      extra: {
        heapPerConnection: (after.heapUsed - before.heapUsed) / connections,
        externalPerConnection: (after.external - before.external) / connections,
        heartbeatCpu: ((perMinute(beats) - perMinute(rest)) * 1e6) / connections,
        restCpuPerMinute: perMinute(rest),
        residentBefore: before.resident,
        residentAfter: after.resident,
      },
    };
  } finally {
    await venue.stop();
  }
}

async function memory(venue: Venue, inspector: Inspector): Promise<HeapUsage & { readonly resident: number }> {
  const heap = await inspector.collect();
  return { ...heap, resident: memoryOf(venue.pids) };
}

async function quiet(venue: Venue, seconds: number): Promise<Usage> {
  const before = usageOf(venue);
  await delay(seconds * 1_000);
  return usedBetween(before, usageOf(venue));
}

async function fill(venue: Venue, everyone: readonly Seat[], hearing: Hearing): Promise<readonly Guest[]> {
  const guests: Guest[] = [];
  for (let from = 0; from < everyone.length; from += BATCH) {
    const arrivals = everyone.slice(from, from + BATCH).map((seat) => ({ seat, hearing }));
    guests.push(...(await venue.enter(arrivals)));
  }
  return guests;
}
