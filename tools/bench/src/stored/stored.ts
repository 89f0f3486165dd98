import { HttpPerson } from '@parley/harness';
import { cpuSeconds } from '../stack/cpu-seconds';
import { bookTopic } from '../stack/exchange';
import { ascending, quantile } from '../stack/quantile';
import { Stack } from '../stack/stack';
import { insertOneByOne } from './insert-one-by-one';
import { Storer } from './storer';
import { verifyStored, type Verdict } from './verify-stored';

export interface StoredOptions {
  /** How long messages are stored; the baseline runs for half as long before and after. */
  readonly seconds: number;
  readonly topics: number;
  readonly connectionsPerTopic: number;
  /** Messages that one connection sends ahead of their acks. */
  readonly inFlight: number;
}

export interface StoredFigures extends Verdict {
  readonly acknowledged: number;
  /** Acknowledged messages a second. */
  readonly perSecond: number;
  /** Rows a second by one `INSERT` a row, as many connections, same table, same run: before and after. */
  readonly oneByOne: readonly [number, number];
  /** CPU seconds of the server process for a million acknowledged messages. */
  readonly serverCpuPerMillion: number;
  /** CPU seconds of this load generator over the run, to show that it is not what was measured. */
  readonly generatorCpu: number;
  /** Milliseconds from send to ack. */
  readonly latency: { readonly p50: number; readonly p99: number };
}

/**
 * Everyone stores as fast as the acks come back, against the built server and a Postgres that waits for its disk;
 * afterwards every acknowledgement is compared with the table.
 */
export async function measureStored(options: StoredOptions): Promise<StoredFigures> {
  const stack = await Stack.start({
    env: {
      LIMIT_CONNECTIONS_PER_USER: '1000',
      LIMIT_MESSAGES_PER_SECOND: '1000000',
      LIMIT_MESSAGE_BURST: '1000000',
    },
  });
  try {
    return await measure(options, stack);
  } finally {
    await stack.stop();
  }
}

async function measure(options: StoredOptions, { server, database: pool }: Stack): Promise<StoredFigures> {
  const { seconds, topics, connectionsPerTopic, inFlight } = options;
  const ann = await HttpPerson.register(server, 'Ann');
  const ben = await HttpPerson.register(server, 'Ben');
  const names = await Promise.all(Array.from({ length: topics }, () => bookTopic(ann, [ben])));
  const storers = await Promise.all(
    names.flatMap((topic) =>
      Array.from({ length: connectionsPerTopic }, (_, index) =>
        Storer.open(index % 2 === 0 ? ann : ben, topic, inFlight),
      ),
    ),
  );
  const baseline = { pool, connections: storers.length, userId: ann.userId, seconds: seconds / 2 };
  const before = await insertOneByOne({ ...baseline, prefix: 'bench/before' });
  const [serverCpu, ownCpu] = [cpuSeconds(server.pid), cpuSeconds(process.pid)];
  const started = performance.now();
  await Promise.all(storers.map((storer) => storer.storeFor(seconds * 1000)));
  const took = (performance.now() - started) / 1000;
  const [serverUsed, ownUsed] = [cpuSeconds(server.pid) - serverCpu, cpuSeconds(process.pid) - ownCpu];
  const after = await insertOneByOne({ ...baseline, prefix: 'bench/after' });
  const verdict = await verifyStored(pool, storers);
  for (const storer of storers) storer.close();
  const acknowledged = storers.reduce((sum, { acks }) => sum + acks.size, 0);
  const latencies = ascending(storers.flatMap(({ latencies: own }) => own));
  return {
    ...verdict,
    acknowledged,
    perSecond: acknowledged / took,
    oneByOne: [before, after],
    serverCpuPerMillion: (serverUsed * 1e6) / acknowledged,
    generatorCpu: ownUsed,
    latency: { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) },
  };
}
