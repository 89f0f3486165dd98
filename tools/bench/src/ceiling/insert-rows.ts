import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { ascending, quantile } from '../stack/quantile';
import { RowSource } from './row';
import { insertOf, type Form } from './statement';

/** How rows are written. */
export interface Way {
  readonly form: Form;
  readonly rowsPerStatement: number;
  readonly connections: number;
}

export interface Inserted {
  readonly rows: number;
  readonly seconds: number;
  /** Milliseconds until a row was committed: of each statement. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly p999: number; readonly max: number };
}

/** Writes rows as fast as they are committed, each connection one statement after the other, each its own commit. */
export async function insertRows(pool: Pool, way: Way, seconds: number): Promise<Inserted> {
  const { connections } = way;
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  const started = performance.now();
  const end = started + seconds * 1000;
  try {
    const latencies = (await Promise.all(clients.map((client) => insertUntil(end, client, way)))).flat();
    const sorted = ascending(latencies);
    return {
      rows: latencies.length * way.rowsPerStatement,
      seconds: (performance.now() - started) / 1000,
      latency: {
        p50: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        p999: quantile(sorted, 0.999),
        max: sorted.at(-1) ?? Number.NaN,
      },
    };
  } finally {
    for (const client of clients) client.release();
  }
}

/** Resolves with how long each statement took, in milliseconds. */
async function insertUntil(end: number, client: PoolClient, { form, rowsPerStatement }: Way): Promise<number[]> {
  const source = new RowSource(randomUUID(), randomUUID());
  const latencies: number[] = [];
  let now = performance.now();
  while (now < end) {
    const rows = Array.from({ length: rowsPerStatement }, () => source.next());
    const sentAt = performance.now();
    await client.query(insertOf(rows, form));
    now = performance.now();
    latencies.push(now - sentAt);
  }
  return latencies;
}
