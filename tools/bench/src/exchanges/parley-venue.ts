import { formatTopic } from '@parley/protocol';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { workspace } from '@parley/harness';
import { pinGenerator, pinServer } from '../load';
import { inGroups, seedExchanges, seedPeople, seedTickets, TicketCounter, type SeededPerson } from '../people';
import { SESSION_SECRET, Stack } from '../stack/stack';
import { ParleyGuest, type ParleyArrival } from './parley-guest';
import { serverEnv } from './server-env';
import type { Arrival, Guest, Seat, Venue, VenueKind, VenueOptions } from './venue';

/** Ours: the built server on its Postgres, with everything that it does for real people. */
export const parley: VenueKind = {
  name: 'parley',
  get version() {
    const { version } = JSON.parse(readFileSync(resolve(workspace, 'package.json'), 'utf8')) as { version: string };
    return version;
  },
  missing: () => Promise.resolve(undefined),
  start: (options) => ParleyVenue.open(options),
};

export class ParleyVenue implements Venue {
  private constructor(
    readonly stack: Stack,
    readonly pinned: boolean,
    private readonly options: VenueOptions,
    /** By exchange and place. */
    private readonly people: readonly (readonly SeededPerson[])[],
    private readonly ids: readonly string[],
    private readonly counter: TicketCounter,
  ) {}

  static async open(options: VenueOptions): Promise<ParleyVenue> {
    pinGenerator();
    const stack = await Stack.start({ program: options.program, env: serverEnv(options) });
    try {
      const people = await seedPeople(stack.database, options.exchanges * options.people, SESSION_SECRET);
      const groups = inGroups(people, options.people);
      const ids = await seedExchanges(stack.database, groups);
      const pinned = pinServer([stack.server.pid]);
      return new ParleyVenue(stack, pinned, options, groups, ids, new TicketCounter(stack.server.url));
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  get pids(): readonly number[] {
    return [this.stack.server.pid];
  }

  get helpers(): readonly number[] {
    return [this.stack.databasePid];
  }

  async enter(arrivals: readonly Arrival[]): Promise<readonly Guest[]> {
    const tickets = await seedTickets(
      this.stack.database,
      arrivals.map(({ seat }) => this.person(seat)),
    );
    return Promise.all(arrivals.map((arrival, index) => this.welcome(arrival, tickets[index]?.ticket ?? '')));
  }

  async comeIn(arrival: Arrival): Promise<Guest> {
    const { ticket } = await this.counter.ask(this.person(arrival.seat));
    return this.welcome(arrival, ticket);
  }

  async kept(): Promise<number> {
    const { rows } = await this.stack.database.query<{ count: string }>('SELECT count(*) FROM topic_messages');
    return Number(rows[0]?.count);
  }

  async stop(): Promise<void> {
    this.counter.close();
    await this.stack.stop();
  }

  private person({ exchange, place }: Seat): SeededPerson {
    const person = this.people[exchange]?.[place];
    if (person === undefined) throw new RangeError(`Nobody has place ${place} of exchange ${exchange}.`);
    return person;
  }

  private welcome(arrival: Arrival, ticket: string): Promise<Guest> {
    const id = this.ids[arrival.seat.exchange] ?? '';
    const topics: ParleyArrival['topics'] = {
      all: this.options.topics.map((feature) => formatTopic('exchange', feature, id)),
      text: formatTopic('exchange', 'text', id),
      whiteboard: formatTopic('exchange', 'whiteboard', id),
    };
    const url = `${this.stack.server.socketUrl}?ticket=${encodeURIComponent(ticket)}`;
    return ParleyGuest.open({ ...arrival, topics, url });
  }
}
