import { startEmbeddedPostgres } from '@parley/persistence';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { HttpPerson, ParleyServer } from '@parley/harness';
import { textTopic } from '@parley/harness/world';
import { booking } from '@parley/protocol';
import { cpuSeconds } from './cpu-seconds';
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
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  // Postgres runs as another user than root and has to get in.
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ folder });
  const pool = new Pool({ connectionString: postgres.url, max: options.topics * options.connectionsPerTopic });
  // A connection that breaks while nobody uses it is replaced; one that breaks in use rejects its query.
  pool.on('error', (error) => process.stderr.write(`An idle connection ended: ${error.message}\n`));
  try {
    const server = await ParleyServer.start({
      NODE_ENV: 'test',
      SESSION_SECRET: 'the bench signs in once and throws this server away',
      PARLEY_DEMO: 'off',
      DATABASE_URL: postgres.url,
      LIMIT_CONNECTIONS_PER_USER: '1000',
      LIMIT_MESSAGES_PER_SECOND: '1000000',
      LIMIT_MESSAGE_BURST: '1000000',
    });
    try {
      return await measure(options, server, pool);
    } finally {
      await server.stop();
    }
  } finally {
    await pool.end();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(options: StoredOptions, server: ParleyServer, pool: Pool): Promise<StoredFigures> {
  const { seconds, topics, connectionsPerTopic, inFlight } = options;
  const ann = await HttpPerson.register(server, 'Ann');
  const ben = await HttpPerson.register(server, 'Ben');
  const names = await Promise.all(Array.from({ length: topics }, () => book(ann, ben)));
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
  const latencies = Float64Array.from(storers.flatMap(({ latencies: own }) => own)).sort();
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

async function book(host: HttpPerson, guest: HttpPerson): Promise<string> {
  const now = Date.now();
  const made = await host.expect(booking, 'POST', '/api/bookings', {
    title: 'Load',
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + 3_600_000).toISOString(),
    timeZone: 'UTC',
    participants: [guest.email],
  });
  return textTopic(made);
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
