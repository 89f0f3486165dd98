import { formatTopic } from '@parley/protocol';
import { serverEnv } from '../exchanges/server-env';
import { pinGenerator, pinServer } from '../load';
import { inGroups, seedExchanges, seedPeople, seedTickets, TicketCounter, type SeededPerson } from '../people';
import { SESSION_SECRET, Stack } from '../stack/stack';
import type { Absentee, Gathering, Reunion } from './absence';
import type { RecoveryOptions } from './measure-recovery';
import { ParleyAbsentee } from './parley-absentee';
import { ParleyVoice } from './parley-voice';

/** So many come in at the same time. */
const BATCH = 100;

/** Ours: an exchange's text for each gathering, and everyone with a session. */
export class ParleyReunion implements Reunion {
  readonly gatherings: Gathering[] = [];
  private readonly counter: TicketCounter;

  private constructor(
    private readonly stack: Stack,
    readonly pinned: boolean,
  ) {
    this.counter = new TicketCounter(stack.server.url);
  }

  static async open(options: RecoveryOptions): Promise<ParleyReunion> {
    pinGenerator();
    const stack = await Stack.start({ program: options.program, env: serverEnv(options) });
    const reunion = new ParleyReunion(stack, pinServer([stack.server.pid]));
    try {
      await reunion.fill(options);
      return reunion;
    } catch (error) {
      await reunion.stop();
      throw error;
    }
  }

  get pids(): readonly number[] {
    return [this.stack.server.pid];
  }

  get helpers(): readonly number[] {
    return [this.stack.databasePid];
  }

  async connections(): Promise<number> {
    const answer = await fetch(`${this.stack.server.url}/api/metrics`);
    return Number(/^parley_socket_connections (\d+)$/m.exec(await answer.text())?.[1]);
  }

  async stop(): Promise<void> {
    this.counter.close();
    await this.stack.stop();
  }

  private async fill({ clients, topics }: RecoveryOptions): Promise<void> {
    const { database } = this.stack;
    const people = await seedPeople(database, clients + topics, SESSION_SECRET);
    const groups = inGroups(people, Math.ceil(people.length / topics));
    const ids = await seedExchanges(database, groups);
    for (const [index, [first, ...others]] of groups.entries()) {
      const topic = formatTopic('exchange', 'text', ids[index] ?? '');
      if (first === undefined) continue;
      const [issued] = await seedTickets(database, [first]);
      const voice = await ParleyVoice.open(this.url(issued?.ticket ?? ''), topic);
      const absentees: Absentee[] = [];
      for (const batch of inGroups(others, BATCH)) absentees.push(...(await this.enter(batch, topic)));
      this.gatherings.push({ voice, absentees });
    }
  }

  private async enter(people: readonly SeededPerson[], topic: string): Promise<readonly Absentee[]> {
    const tickets = await seedTickets(this.stack.database, people);
    return Promise.all(
      people.map((person, index) => {
        const { ticket = '', connectionId } = tickets[index] ?? {};
        const again = async (): Promise<string> => this.url((await this.counter.ask(person, connectionId)).ticket);
        return ParleyAbsentee.open(topic, this.url(ticket), again);
      }),
    );
  }

  private url(ticket: string): string {
    return `${this.stack.server.socketUrl}?ticket=${encodeURIComponent(ticket)}`;
  }
}
