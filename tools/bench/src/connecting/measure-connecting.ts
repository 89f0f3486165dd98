import type { Sample } from '../compare';
import { Latencies } from '../exchanges/latencies';
import { seats } from '../exchanges/seats';
import { Silence } from '../exchanges/silence';
import { usageOf, usedBetween } from '../exchanges/usage';
import type { Hearing, Seat, Venue, VenueKind, VenueOptions } from '../exchanges/venue';

export interface ConnectingOptions extends Pick<VenueOptions, 'program' | 'profile'> {
  readonly connections: number;
  /** Connections before that do not count. */
  readonly warmUp: number;
  /** So many are on their way at the same time. */
  readonly atOnce: number;
}

/** In each exchange. */
const PEOPLE = 3;

/** Everyone comes in once, into the text of their exchange, and stays. */
export async function measureConnecting(kind: VenueKind, options: ConnectingOptions): Promise<Sample> {
  const { connections, warmUp } = options;
  const exchanges = Math.ceil((connections + warmUp) / PEOPLE);
  const venue = await kind.start({ ...options, exchanges, people: PEOPLE, topics: ['text'] });
  try {
    const everyone = seats(connections + warmUp, PEOPLE);
    const silence = new Silence();
    const crowd = new Crowd(venue, options.atOnce, silence.hearing);
    await crowd.comeIn(everyone.slice(0, warmUp), new Latencies());
    const latencies = new Latencies();
    const before = usageOf(venue);
    await crowd.comeIn(everyone.slice(warmUp), latencies);
    const used = usedBetween(before, usageOf(venue));
    silence.check();
    return {
      seconds: used.at,
      deliveries: connections,
      perSecond: connections / used.at,
      perCpuSecond: connections / used.server,
      serverCpu: used.server,
      generatorCpu: used.generator,
      latency: latencies.summary(),
      pinned: venue.pinned,
      extra: {
        serverShare: used.server / used.at,
        databaseEach: (used.helpers * 1e6) / connections,
      },
    };
  } finally {
    await venue.stop();
  }
}

/** People who come in, so many at a time. */
class Crowd {
  constructor(
    private readonly venue: Venue,
    private readonly atOnce: number,
    private readonly hearing: Hearing,
  ) {}

  /** @throws Error when someone is not let in */
  async comeIn(everyone: readonly Seat[], latencies: Latencies): Promise<void> {
    const waiting = everyone.values();
    const queue = async (): Promise<void> => {
      for (const seat of waiting) {
        const asked = performance.now();
        await this.venue.comeIn({ seat, hearing: this.hearing });
        latencies.add(performance.now() - asked);
      }
    };
    await Promise.all(Array.from({ length: this.atOnce }, queue));
  }
}
