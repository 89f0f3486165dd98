import { HttpPerson } from '@parley/harness';
import { setTimeout as delay } from 'node:timers/promises';
import { cpuSeconds } from '../stack/cpu-seconds';
import { bookTopic } from '../stack/exchange';
import { Stack } from '../stack/stack';
import { Returner } from './returner';

export interface RestartOptions {
  readonly connections: number;
  readonly users: number;
  /** Longest wait of the client before another attempt, in milliseconds. The client's default is 30,000. */
  readonly backoffMax: number;
  /** Another build of the server, inside the workspace. */
  readonly program?: string | undefined;
  readonly progress?: (line: string) => void;
}

/** All times are milliseconds after the server was asked to stop. */
export interface RestartFigures {
  readonly connections: number;
  readonly users: number;
  readonly exitCode: number | string;
  /** When the old process was gone, and when the new one served. */
  readonly goneAt: number;
  readonly readyAt: number;
  /** Clients that were told when to come, and those whose socket was closed with 1012. */
  readonly told: number;
  readonly closedForRestart: number;
  /** When each was told to come: the moment of being told and `reconnectIn`. */
  readonly due: readonly number[];
  /** Every ask for a ticket, and the first one of each client. */
  readonly asks: readonly number[];
  readonly firstAsks: readonly number[];
  /** Asks by HTTP status; `unreachable` for those that nobody answered. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Asks of the client that asked most often. */
  readonly mostAsks: number;
  /** When half of them, and the last one, were in their topics again. */
  readonly halfBackAt: number;
  readonly allBackAt: number;
  /** How many were not back in time. */
  readonly away: number;
  /** CPU seconds of the new process: until it served, and until everyone was back. */
  readonly cpu: { readonly start: number; readonly whole: number };
  /** CPU seconds of this process, which is all the clients, from the request to stop until everyone was back. */
  readonly benchCpu: number;
  /** Messages that were acknowledged, and those of them that the table has not. */
  readonly acknowledged: number;
  readonly lost: number;
}

/** Longest wait for everyone to be back. */
const BACK_MS = 120_000;

/** So many connect at the same time at first. */
const BATCH = 50;
const WRITERS = 20;
const WRITE_EVERY_MS = 400;

/** The server is stopped and started again while everyone is connected. */
export async function measureRestart(options: RestartOptions): Promise<RestartFigures> {
  const { progress = () => undefined } = options;
  const stack = await Stack.start({ program: options.program, env: { LIMIT_CONNECTIONS_PER_USER: '100' } });
  const returners: Returner[] = [];
  try {
    const topics = await topicsOf(await people(stack, options.users));
    progress(`${topics.length} people are registered`);
    for (let number = 0; number < options.connections; number += 1) {
      const [person, topic] = topics[number % topics.length] ?? [];
      if (person === undefined || topic === undefined) throw new Error('There is nobody.');
      returners.push(new Returner(person, topic, `w${number}`, options.backoffMax));
    }
    for (let from = 0; from < returners.length; from += BATCH) {
      await Promise.all(returners.slice(from, from + BATCH).map((each) => each.join()));
    }
    progress(`${returners.length} clients have joined`);
    for (const writer of returners.slice(0, WRITERS)) writer.write(WRITE_EVERY_MS);
    await delay(1_000);
    const { connections, users } = options;
    return { connections, users, ...(await restart(stack, returners)) };
  } finally {
    for (const each of returners) each.leave();
    await stack.stop();
  }
}

async function restart(
  stack: Stack,
  returners: readonly Returner[],
): Promise<Omit<RestartFigures, 'users' | 'connections'>> {
  const asked = performance.now();
  const after = (moment: number): number => moment - asked;
  const ownCpu = cpuSeconds(process.pid);
  for (const each of returners) {
    each.asked.length = 0;
    each.closeCode = undefined;
  }
  const exitCode = await stack.endServer('SIGTERM');
  const goneAt = after(performance.now());
  await stack.startServer();
  const readyAt = after(performance.now());
  const { pid } = stack.server;
  const start = cpuSeconds(pid);
  const deadline = performance.now() + BACK_MS;
  while (!returners.every((each) => each.isBackSince(asked)) && performance.now() < deadline) await delay(10);
  const whole = cpuSeconds(pid);
  const benchCpu = cpuSeconds(process.pid) - ownCpu;
  for (const each of returners) each.stopWriting();
  const back = returners
    .filter((each) => each.isBackSince(asked))
    .map(({ joinedAt }) => after(joinedAt))
    .sort((one, other) => one - other);
  const statuses: Record<string, number> = {};
  for (const { status = 'unreachable' } of returners.flatMap((each) => each.asked)) {
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  const told = returners.flatMap((each) => (each.told === undefined ? [] : [each.told]));
  const acknowledged = returners.flatMap((each) => each.acknowledged);
  return {
    exitCode,
    goneAt,
    readyAt,
    told: told.length,
    closedForRestart: returners.filter(({ closeCode }) => closeCode === 1012).length,
    due: told.map(({ at, reconnectIn }) => after(at) + reconnectIn),
    asks: returners.flatMap((each) => each.asked.map(({ at }) => after(at))),
    firstAsks: returners.flatMap((each) => each.asked.slice(0, 1).map(({ at }) => after(at))),
    statuses,
    mostAsks: Math.max(...returners.map((each) => each.asked.length)),
    halfBackAt: back[Math.floor(returners.length / 2)] ?? Number.NaN,
    allBackAt: back.at(-1) ?? Number.NaN,
    away: returners.length - back.length,
    cpu: { start, whole },
    benchCpu,
    acknowledged: acknowledged.length,
    lost: await missing(stack, acknowledged),
  };
}

async function people({ server }: Stack, count: number): Promise<HttpPerson[]> {
  const registered: HttpPerson[] = [];
  // Hashing passwords is meant to be slow; a few at a time keep both cores at it.
  while (registered.length < count) {
    const names = Array.from({ length: Math.min(4, count - registered.length) }, (_, index) => `Person ${index}`);
    registered.push(...(await Promise.all(names.map((name) => HttpPerson.register(server, name)))));
  }
  return registered;
}

/** Two people share a meeting. */
async function topicsOf(everyone: readonly HttpPerson[]): Promise<[HttpPerson, string][]> {
  const topics: [HttpPerson, string][] = [];
  for (let index = 0; index < everyone.length; index += 2) {
    const [host, guest] = everyone.slice(index, index + 2);
    if (host === undefined) continue;
    const topic = await bookTopic(host, guest === undefined ? [] : [guest]);
    topics.push([host, topic]);
    if (guest !== undefined) topics.push([guest, topic]);
  }
  return topics;
}

async function missing({ database }: Stack, ids: readonly string[]): Promise<number> {
  const { rows } = await database.query<{ client_id: string }>('SELECT client_id FROM topic_messages');
  const stored = new Set(rows.map(({ client_id: id }) => id));
  return ids.filter((id) => !stored.has(id)).length;
}
