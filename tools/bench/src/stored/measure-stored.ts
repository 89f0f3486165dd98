import { resolve } from 'node:path';
import { HttpPerson } from '@parley/harness';
import type { Sample } from '../compare';
import { cpuOf, pinGenerator, pinServer } from '../load';
import { cpuSeconds } from '../stack/cpu-seconds';
import { bookTopic } from '../stack/exchange';
import { ascending, quantile } from '../stack/quantile';
import { Stack } from '../stack/stack';
import type { StoredOptions } from './options';
import { Storer } from './storer';
import { verifyStored, type Verdict } from './verify-stored';

export interface StoredFigures extends Verdict {
  readonly acknowledged: number;
  readonly sample: Sample;
}

/**
 * Everyone stores as fast as the acks come back, against the built server and a Postgres that waits for its disk;
 * afterwards every acknowledgement is compared with the table.
 */
export async function measureStored(options: StoredOptions): Promise<StoredFigures> {
  pinGenerator();
  const stack = await Stack.start({
    program: options.program,
    env: {
      LIMIT_CONNECTIONS_PER_USER: '1000',
      LIMIT_MESSAGES_PER_SECOND: '1000000',
      LIMIT_MESSAGE_BURST: '1000000',
      ...(options.profile === undefined
        ? {}
        : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${resolve(options.profile)}` }),
    },
  });
  try {
    return await measure(options, stack);
  } finally {
    await stack.stop();
  }
}

async function measure(options: StoredOptions, stack: Stack): Promise<StoredFigures> {
  const { server, databasePid } = stack;
  const pinned = pinServer([server.pid]);
  const storers = await openStorers(options, stack);
  await Promise.all(storers.map((storer) => storer.storeFor(options.warmUpSeconds * 1000)));
  const usage = (): number[] => [cpuOf([server.pid]), cpuSeconds(process.pid), cpuOf([databasePid])];
  const [before, started] = [usage(), performance.now()];
  await Promise.all(storers.map((storer) => storer.storeFor(options.seconds * 1000)));
  const seconds = (performance.now() - started) / 1000;
  const [serverCpu = 0, generatorCpu = 0, databaseCpu = 0] = usage().map((used, index) => used - (before[index] ?? 0));
  const latencies = ascending(storers.flatMap(({ latencies: own }) => own));
  const verdict = await verifyStored(stack.database, storers);
  for (const storer of storers) await storer.close();
  const deliveries = latencies.length;
  return {
    ...verdict,
    acknowledged: storers.reduce((sum, { acks }) => sum + acks.size, 0),
    sample: {
      seconds,
      deliveries,
      perSecond: deliveries / seconds,
      perCpuSecond: deliveries / serverCpu,
      serverCpu,
      generatorCpu,
      latency: {
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
        p999: quantile(latencies, 0.999),
        max: latencies.at(-1) ?? Number.NaN,
      },
      extra: { databaseCpu: (databaseCpu * 1e6) / deliveries },
      pinned,
    },
  };
}

async function openStorers(options: StoredOptions, { server }: Stack): Promise<Storer[]> {
  const { topics, connectionsPerTopic, inFlight } = options;
  const ann = await HttpPerson.register(server, 'Ann');
  const ben = await HttpPerson.register(server, 'Ben');
  const names = await Promise.all(Array.from({ length: topics }, () => bookTopic(ann, [ben])));
  return Promise.all(
    names.flatMap((topic) =>
      Array.from({ length: connectionsPerTopic }, (_, index) =>
        Storer.open(index % 2 === 0 ? ann : ben, topic, inFlight),
      ),
    ),
  );
}
