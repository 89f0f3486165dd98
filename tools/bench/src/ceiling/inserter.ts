import type { Contender, Sample } from '../compare';
import { cpuOf, GENERATOR_CORE, pin, pinGenerator, SERVER_CORE } from '../load';
import { cpuSeconds } from '../stack/cpu-seconds';
import { Stack } from '../stack/stack';
import type { StoredOptions } from '../stored/options';
import { bestWay, inWords } from './best-way';
import { insertRows, type Way } from './insert-rows';

export const ONE_BY_ONE = 'INSERTs of one row';
export const AT_ONCE = 'INSERTs of one row at once';
export const CEILING = 'INSERTs of many rows';

/** What a server without batches would do: a statement and a commit for each row, on so many connections at once. */
export function oneRowEach(name: string, connections: number): Contender<StoredOptions> {
  return inserter(name, () => Promise.resolve({ form: 'unnest', rowsPerStatement: 1, connections }));
}

/** The most that this Postgres takes from one program that has nothing to decide: the best of several ways. */
export function ceiling(): Contender<StoredOptions> {
  let best: Promise<Way> | undefined;
  return inserter(CEILING, ({ database }, { progress, trialSeconds }) => {
    best ??= bestWay(database, trialSeconds, (way, perSecond) => {
      progress(`${inWords(way)}: ${Math.round(perSecond)} rows a second`);
    });
    return best;
  });
}

/** A program that writes rows into the server's own table, in the server's place: on its core, with its Postgres. */
function inserter(
  name: string,
  choose: (stack: Stack, options: StoredOptions) => Promise<Way>,
): Contender<StoredOptions> {
  let way: Way | undefined;
  return {
    name,
    get version() {
      return way === undefined ? '' : `(${inWords(way)})`;
    },
    missing: () => Promise.resolve(undefined),
    measure: async (options) => {
      pinGenerator();
      const stack = await Stack.start();
      try {
        // It made the tables, and has nothing to do with what follows.
        await stack.endServer('SIGTERM');
        const pinned = pin([process.pid], SERVER_CORE);
        way = await choose(stack, options);
        return { ...(await insert(stack, way, options)), pinned };
      } finally {
        pin([process.pid], GENERATOR_CORE);
        await stack.stop();
      }
    },
  };
}

async function insert({ database, databasePid }: Stack, way: Way, options: StoredOptions): Promise<Sample> {
  await insertRows(database, way, options.warmUpSeconds);
  const before = await countRows(database);
  const [ownCpu, databaseCpu] = [cpuSeconds(process.pid), cpuOf([databasePid])];
  const { rows, seconds, latency } = await insertRows(database, way, options.seconds);
  const serverCpu = cpuSeconds(process.pid) - ownCpu;
  const databaseUsed = cpuOf([databasePid]) - databaseCpu;
  const after = await countRows(database);
  if (after - before !== rows) throw new Error(`${rows} rows were committed, and ${after - before} are there.`);
  return {
    seconds,
    deliveries: rows,
    perSecond: rows / seconds,
    perCpuSecond: rows / serverCpu,
    serverCpu,
    // It is its own generator.
    generatorCpu: 0,
    latency,
    extra: { databaseCpu: (databaseUsed * 1e6) / rows },
  };
}

async function countRows(database: Stack['database']): Promise<number> {
  const { rows } = await database.query<{ count: string }>('SELECT count(*) FROM topic_messages');
  return Number(rows[0]?.count);
}
