import { FaultProxy, HttpPerson } from '@parley/harness';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { bookTopic } from '../stack/exchange';
import { ascending, quantile } from '../stack/quantile';
import { Seeded } from '../stack/seeded';
import { Stack } from '../stack/stack';
import { check, type Counts, type Row } from './check';
import { Infliction, type Inflicted } from './inflict';
import { Participant } from './participant';
import { planFaults } from './plan';

export interface FaultOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly clients: number;
  readonly topics: number;
  /** Longest wait of the client before another attempt, in milliseconds. The client's default is 30,000. */
  readonly backoffMax: number;
  /** Another build of the server, inside the workspace. */
  readonly program?: string | undefined;
  /** Told what is going on. */
  readonly progress?: (line: string) => void;
}

export interface FaultFigures {
  readonly seed: number;
  /** What happened, in the order in which it ended. */
  readonly faults: readonly Inflicted[];
  /** Messages given to the clients. */
  readonly sent: number;
  readonly acknowledged: number;
  /** Given up by the client, which said so; by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Unstored messages that waited when their page was closed. */
  readonly goneWithPage: number;
  readonly rows: number;
  readonly shown: number;
  readonly tickets: number;
  /** Milliseconds from the end of the last fault until a client was connected, joined, and had nothing queued. */
  readonly back: { readonly median: number; readonly worst: number };
  /** Clients that were not back in time, or gave up. */
  readonly away: readonly string[];
  readonly counts: Counts;
  readonly evidence: readonly string[];
  readonly surprises: readonly string[];
}

/** Milliseconds that coming back, and then the last messages, may take at most. Only a failure waits that long. */
const BACK_MS = 90_000;
const SETTLE_MS = 20_000;

/** Those who are still away are named every so many milliseconds. */
const BACK_REPORT_MS = 5_000;

/** Everyone writes while the network, the server and the database fail; then everything is compared. */
export async function measureFaults(options: FaultOptions): Promise<FaultFigures> {
  const { progress = () => undefined } = options;
  const stack = await Stack.start({ program: options.program });
  const participants: Participant[] = [];
  try {
    const random = new Seeded(options.seed);
    const plan = planFaults(options);
    participants.push(...(await gather(stack, options, random)));
    await until(() => participants.every(({ isBack }) => isBack), BACK_MS);
    progress(`${participants.length} clients joined; ${plan.length} faults to come`);
    for (const participant of participants) participant.startWriting();
    const infliction = new Infliction(stack, participants, progress);
    await infliction.run(plan);
    for (const participant of participants) participant.stopWriting();
    progress('the last fault is over');
    const { times, away } = await comeBack(participants, progress);
    progress(`${times.length} clients are back`);
    const rows = await settle(stack.database, participants);
    return { ...figuresOf(options, infliction, participants, rows), back: back(times), away };
  } finally {
    for (const participant of participants) participant.end();
    await Promise.all(participants.map(({ proxy }) => proxy.close()));
    await stack.stop();
  }
}

async function gather(stack: Stack, options: FaultOptions, random: Seeded): Promise<Participant[]> {
  const { clients, topics, backoffMax } = options;
  const { server } = stack;
  const people: HttpPerson[] = [];
  for (let number = 1; number <= clients; number += 1) {
    people.push(await HttpPerson.register(server, `Person ${number}`));
  }
  const client = { backoff: { min: Math.min(500, backoffMax), max: backoffMax } };
  const participants: Participant[] = [];
  for (let topic = 0; topic < topics; topic += 1) {
    const [host, ...guests] = people.filter((_, index) => index % topics === topic);
    if (host === undefined) continue;
    const name = await bookTopic(host, guests);
    for (const person of [host, ...guests]) {
      const proxy = await FaultProxy.before(server.url, random.fork().next);
      participants.push(
        new Participant({
          name: `c${String(participants.length + 1).padStart(2, '0')}`,
          person: person.at(proxy),
          proxy,
          topic: name,
          random: random.fork(),
          client,
        }),
      );
    }
  }
  return participants;
}

async function comeBack(
  participants: readonly Participant[],
  progress: (line: string) => void,
): Promise<{ times: number[]; away: string[] }> {
  const started = performance.now();
  let reportAt = BACK_REPORT_MS;
  /** When each was back, unless it went away again. */
  const since = new Map<Participant, number>();
  await until(() => {
    for (const participant of participants) {
      if (!participant.isBack) since.delete(participant);
      else if (!since.has(participant)) since.set(participant, performance.now() - started);
    }
    if (performance.now() - started > reportAt) {
      reportAt += BACK_REPORT_MS;
      for (const participant of participants) if (!since.has(participant)) progress(participant.standing);
    }
    return since.size === participants.length;
  }, BACK_MS);
  const away = participants.filter((participant) => !since.has(participant)).map(({ standing }) => standing);
  return { times: [...since.values()], away };
}

/** Waits until everyone was shown the newest message, and returns the table. */
async function settle(database: Pool, participants: readonly Participant[]): Promise<Row[]> {
  const { rows } = await database.query<{ topic: string; seq: string; client_id: string; said: string }>(
    `SELECT topic, seq, client_id, payload->>'said' AS said FROM topic_messages ORDER BY topic, seq`,
  );
  const table = rows.map(({ topic, seq, client_id: id, said }) => ({ topic, seq: Number(seq), id, said }));
  const newest = new Map(table.map(({ topic, seq }) => [topic, seq]));
  await until(
    () =>
      participants.every(({ topic, life }) => life.seen.some(({ seq }) => seq === newest.get(topic)) || life.gaveUp),
    SETTLE_MS,
  );
  return table;
}

function figuresOf(
  { seed }: FaultOptions,
  infliction: Infliction,
  participants: readonly Participant[],
  rows: readonly Row[],
): Omit<FaultFigures, 'back' | 'away'> {
  const sum = (of: (participant: Participant) => number): number =>
    participants.reduce((total, participant) => total + of(participant), 0);
  const rejected: Record<string, number> = {};
  for (const reason of participants.flatMap((participant) => [...participant.rejected.values()])) {
    rejected[reason] = (rejected[reason] ?? 0) + 1;
  }
  return {
    seed,
    faults: infliction.done,
    sent: sum((participant) => participant.sent),
    acknowledged: sum(({ acks, ackedUnstored }) => acks.size + ackedUnstored),
    rejected,
    goneWithPage: sum(({ goneWithPage }) => goneWithPage),
    rows: rows.length,
    shown: sum(({ lives }) => lives.reduce((total, { seen }) => total + seen.length, 0)),
    tickets: sum(({ tickets }) => tickets),
    ...check(rows, participants),
    surprises: infliction.surprises,
  };
}

function back(times: readonly number[]): FaultFigures['back'] {
  const sorted = ascending(times);
  return { median: quantile(sorted, 0.5), worst: quantile(sorted, 1) };
}

/** Looks every few milliseconds; gives up silently, since what is missing then is what the caller reports. */
async function until(holds: () => boolean, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!holds() && performance.now() < deadline) await delay(10);
}
