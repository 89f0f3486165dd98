import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';
import { createDataSource, migrate } from '../data-source';
import { PostgresFileStore } from '../files/postgres-file-store';
import { startTestPostgres, type TestPostgres } from '../testing';
import { ExchangeFiles, type NewFile } from './exchange-files';
import { Exchanges } from './exchanges';

/** Its holder keeps every change of files and of exchanges from being committed. */
const GATE = 4711;

describe('[A8] files that come while something else happens', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let files: ExchangeFiles;
  let exchanges: Exchanges;
  let gate: QueryRunner;
  let ann: string;
  let exchange: string;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    dataSource = await createDataSource({ url: await postgres.createDatabase() }).initialize();
    await migrate(dataSource);
    files = new ExchangeFiles(dataSource, new PostgresFileStore(dataSource));
    exchanges = new Exchanges(dataSource);
    gate = dataSource.createQueryRunner();
    ann = await idOf(`INSERT INTO users (email, name, password_hash) VALUES ('ann@example.org', 'Ann', 'none')`);
    await dataSource.query(`CREATE FUNCTION pass_the_gate() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${GATE}); RETURN NULL; END $$`);
    for (const table of ['exchange_files', 'exchanges']) {
      await dataSource.query(`CREATE CONSTRAINT TRIGGER gate AFTER INSERT OR UPDATE ON ${table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pass_the_gate()`);
    }
  });

  beforeEach(async () => {
    exchange = await idOf(
      `INSERT INTO bookings (title, starts_at, ends_at, time_zone, host_id)
        VALUES ('Planning', now(), now() + interval '1 hour', 'Europe/Madrid', $1)`,
      [ann],
    );
    await dataSource.query('INSERT INTO booking_participants (booking_id, user_id) VALUES ($1, $2)', [exchange, ann]);
  });

  afterAll(async () => {
    await gate.release();
    await dataSource.destroy();
    await postgres.stop();
  });

  async function idOf(insert: string, values: unknown[] = []): Promise<string> {
    const [row] = await dataSource.query<{ id: string }[]>(`${insert} RETURNING id`, values);
    return row!.id;
  }

  async function* content(meanwhile?: () => Promise<unknown>): AsyncIterable<Uint8Array> {
    yield Uint8Array.of(1, 2, 3);
    await meanwhile?.();
  }

  const add = (meanwhile?: () => Promise<unknown>) => {
    const file: NewFile = {
      ...{ id: randomUUID(), exchangeId: exchange, addedBy: ann, name: 'café 👩‍👩‍👧 日本語.png', type: 'image/png' },
      ...{ bytes: 3, pages: 1, width: 1, height: 1 },
    };
    return files.add(file, content(meanwhile), 200);
  };

  const close = (): Promise<unknown> => gate.query('SELECT pg_advisory_lock($1)', [GATE]);
  const open = (): Promise<unknown> => gate.query('SELECT pg_advisory_unlock($1)', [GATE]);

  /** Until so many wait at the gate, and so many others for one of those. */
  async function waiting(atGate: number, forThose = 0): Promise<void> {
    const ask = `SELECT count(DISTINCT pid) FILTER (WHERE locktype = 'advisory')::int AS "atGate",
      count(DISTINCT pid) FILTER (WHERE locktype <> 'advisory')::int AS "forThose" FROM pg_locks WHERE NOT granted`;
    for (;;) {
      const [now] = await dataSource.query<{ atGate: number; forThose: number }[]>(ask);
      if (now!.atGate === atGate && now!.forThose === forThose) return;
      if (now!.atGate > atGate) throw new Error(`${now!.atGate} wait at the gate.`);
      await setImmediate();
    }
  }

  it('are not two where there is room for one', async () => {
    await dataSource.query(
      `INSERT INTO exchange_files (id, exchange_id, name, type, bytes, pages, width, height, added_by)
        SELECT gen_random_uuid(), $1, 'x.png', 'image/png', 1, 1, 1, 1, $2 FROM generate_series(1, 199)`,
      [exchange, ann],
    );
    await close();
    const both = Promise.all([add(), add()]);
    await waiting(1, 1).finally(open);
    expect((await both).filter((each) => each === 'full')).toHaveLength(1);
    expect(await files.count(exchange)).toBe(200);
  });

  it('are not kept when the exchange ends while they come', async () => {
    expect(await add(() => exchanges.end(exchange))).toBe('closed');
    expect(await files.count(exchange)).toBe(0);
  });

  it('are not kept when the exchange is just ending', async () => {
    await close();
    const end = exchanges.end(exchange);
    await waiting(1);
    const late = add();
    await waiting(1, 1).finally(open);
    await end;
    expect(await late).toBe('closed');
    expect(await files.count(exchange)).toBe(0);
  });

  it('are kept when they were whole before, and the exchange ends after them', async () => {
    await close();
    const early = add();
    await waiting(1);
    const end = exchanges.end(exchange);
    await waiting(1, 1).finally(open);
    const kept = await early;
    await end;
    expect(kept).toMatchObject({ exchangeId: exchange });
    expect(await add()).toBe('closed');
  });
});
