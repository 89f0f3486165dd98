import { formatTopic } from '@parley/protocol';
import { setTimeout as delay } from 'node:timers/promises';
import type { Sample } from '../compare';
import { Latencies } from '../exchanges/latencies';
import { serverEnv } from '../exchanges/server-env';
import { usageOf, usedBetween } from '../exchanges/usage';
import type { VenueOptions } from '../exchanges/venue';
import { pinGenerator, pinServer } from '../load';
import { inGroups, seedExchanges, seedPeople, seedTickets, TicketCounter, type SeededPerson } from '../people';
import { SESSION_SECRET, Stack } from '../stack/stack';
import { Returner, type ReturnFaults } from './returner';
import { Speaker } from './speaker';

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
const BATCH = 100;
/** Milliseconds until the server must have noticed that everyone is gone. */
const NOTICED_MS = 10_000;

/** Everyone is cut off, a hundred messages are stored in each topic, and everyone comes back for them. */
export async function measureRecovery(options: RecoveryOptions): Promise<Sample> {
  const place = await Place.open(options);
  try {
    await place.fill();
    await place.round(Math.min(WARM_UP_MESSAGES, options.messages));
    return await place.round(options.messages);
  } finally {
    await place.stop();
  }
}

interface Client {
  readonly person: SeededPerson;
  readonly exchange: number;
  readonly returner: Returner;
}

class Place {
  private readonly clients: Client[] = [];
  private readonly speakers: Speaker[] = [];
  private readonly counter: TicketCounter;

  private constructor(
    private readonly options: RecoveryOptions,
    private readonly stack: Stack,
    private readonly pinned: boolean,
  ) {
    this.counter = new TicketCounter(stack.server.url);
  }

  static async open(options: RecoveryOptions): Promise<Place> {
    pinGenerator();
    const stack = await Stack.start({ program: options.program, env: serverEnv(options) });
    return new Place(options, stack, pinServer([stack.server.pid]));
  }

  /** Everyone comes in, and one more in each topic who will speak. */
  async fill(): Promise<void> {
    const { clients, topics } = this.options;
    const { database } = this.stack;
    const size = Math.ceil(clients / topics) + 1;
    const groups = inGroups(await seedPeople(database, clients + topics, SESSION_SECRET), size);
    const ids = await seedExchanges(database, groups);
    const names = ids.map((id) => formatTopic('exchange', 'text', id));
    for (const [exchange, [speaker, ...others]] of groups.entries()) {
      const topic = names[exchange] ?? '';
      if (speaker !== undefined) this.speakers.push(await Speaker.open(await this.seededUrl(speaker), topic));
      for (const people of inGroups(others, BATCH)) {
        const tickets = await seedTickets(database, people);
        const come = people.map(async (person, index) => {
          const { ticket, connectionId } = tickets[index] ?? { ticket: '', connectionId: '' };
          const returner = new Returner(topic, connectionId);
          await returner.come(this.url(ticket));
          this.clients.push({ person, exchange, returner });
        });
        await Promise.all(come);
      }
    }
  }

  /** One absence. @throws Error when someone did not get everything once and in order */
  async round(messages: number): Promise<Sample> {
    await Promise.all(this.clients.map(({ returner }) => returner.cut()));
    await this.noticed();
    const said = await Promise.all(this.speakers.map((speaker) => speaker.say(messages)));
    const venue = { pids: [this.stack.server.pid], helpers: [this.stack.databasePid] };
    const latencies = new Latencies();
    const before = usageOf(venue);
    await this.allComeBack(messages, latencies);
    const used = usedBetween(before, usageOf(venue));
    this.check(said);
    const deliveries = this.clients.length * messages;
    return {
      seconds: used.at,
      deliveries,
      perSecond: deliveries / used.at,
      perCpuSecond: deliveries / used.server,
      serverCpu: used.server,
      generatorCpu: used.generator,
      latency: latencies.summary(),
      pinned: this.pinned,
      extra: {
        cpuPerClient: (used.server * 1e6) / this.clients.length,
        databasePerClient: (used.helpers * 1e6) / this.clients.length,
      },
    };
  }

  async stop(): Promise<void> {
    for (const { returner } of this.clients) returner.leave();
    for (const speaker of this.speakers) speaker.leave();
    this.counter.close();
    await this.stack.stop();
  }

  private async allComeBack(messages: number, latencies: Latencies): Promise<void> {
    const waiting = this.clients.values();
    const queue = async (): Promise<void> => {
      for (const { person, returner } of waiting) {
        const began = performance.now();
        const { ticket } = await this.counter.ask(person, returner.connectionId);
        await returner.comeBack(this.url(ticket), messages);
        latencies.add(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: this.options.atOnce }, queue));
  }

  /** Until only the speakers are connected: what is said before that would not be missed. */
  private async noticed(): Promise<void> {
    const deadline = performance.now() + NOTICED_MS;
    const still = `parley_socket_connections ${this.speakers.length}\n`;
    for (;;) {
      const answer = await fetch(`${this.stack.server.url}/api/metrics`);
      if ((await answer.text()).includes(still)) return;
      if (performance.now() > deadline) throw new Error('The server did not notice that everyone is gone.');
      await delay(20);
    }
  }

  private check(said: readonly (readonly string[])[]): void {
    const sum = { missing: 0, twice: 0, disordered: 0, unrecovered: 0 };
    for (const { exchange, returner } of this.clients) {
      if (returner.trouble !== undefined) throw new Error(`Trouble: ${returner.trouble}`);
      const faults = returner.check(said[exchange] ?? []);
      for (const name of Object.keys(sum) as (keyof ReturnFaults)[]) sum[name] += faults[name];
    }
    if (Object.values(sum).some((count) => count > 0)) throw new Error(`Wrong: ${JSON.stringify(sum)}`);
  }

  private async seededUrl(person: SeededPerson): Promise<string> {
    const [issued] = await seedTickets(this.stack.database, [person]);
    return this.url(issued?.ticket ?? '');
  }

  private url(ticket: string): string {
    return `${this.stack.server.socketUrl}?ticket=${encodeURIComponent(ticket)}`;
  }
}
