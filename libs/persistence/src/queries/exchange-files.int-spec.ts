import { randomBytes, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '../data-source';
import type { ByteSpan } from '../files/file-store';
import { PostgresFileStore } from '../files/postgres-file-store';
import { startTestPostgres, type TestPostgres } from '../testing';
import { ExchangeFiles, type NewFile } from './exchange-files';

describe('[A8] the files of exchanges', () => {
  let postgres: TestPostgres;
  let dataSource: DataSource;
  let store: PostgresFileStore;
  let files: ExchangeFiles;
  let ann: string;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    dataSource = await createDataSource({ url: await postgres.createDatabase() }).initialize();
    await migrate(dataSource);
    store = new PostgresFileStore(dataSource);
    files = new ExchangeFiles(dataSource, store);
    const rows = await dataSource.query<{ id: string }[]>(
      `INSERT INTO users (email, name, password_hash) VALUES ('ann@example.org', 'Ann', 'none') RETURNING id`,
    );
    ann = rows[0]!.id;
  });

  afterAll(async () => {
    await dataSource.destroy();
    await postgres.stop();
  });

  async function book(): Promise<string> {
    const rows = await dataSource.query<{ id: string }[]>(
      `INSERT INTO bookings (title, starts_at, ends_at, time_zone, host_id)
        VALUES ('Planning', now(), now() + interval '1 hour', 'Europe/Madrid', $1) RETURNING id`,
      [ann],
    );
    const { id } = rows[0]!;
    await dataSource.query('INSERT INTO booking_participants (booking_id, user_id) VALUES ($1, $2)', [id, ann]);
    return id;
  }

  const fileOf = (exchangeId: string, addedBy = ann): NewFile => ({
    ...{ id: randomUUID(), exchangeId, addedBy, name: 'café 👩‍👩‍👧 日本語.png', type: 'image/png' },
    ...{ bytes: 3, pages: 1, width: 1, height: 1 },
  });

  async function* parts(...all: Uint8Array[]): AsyncIterable<Uint8Array> {
    for (const part of all) yield await Promise.resolve(part);
  }

  async function kept(fileId: string, span?: ByteSpan): Promise<Buffer[]> {
    const chunks: Buffer[] = [];
    for await (const chunk of store.read(fileId, span)) chunks.push(chunk);
    return chunks;
  }

  const rowsLeft = async (id: string) =>
    (await dataSource.query<unknown[]>('SELECT FROM exchange_file_chunks WHERE file_id = $1', [id])).length;

  it('come back byte for byte, in parts of 256 KiB whatever they came in', async () => {
    const exchange = await book();
    const file = fileOf(exchange);
    const content = [randomBytes(700_000), randomBytes(1), randomBytes(90_000)];
    expect(await files.add(file, parts(...content), 200)).toMatchObject(file);
    const chunks = await kept(file.id);
    expect(chunks.map(({ length }) => length)).toEqual([262_144, 262_144, 262_144, 790_001 - 3 * 262_144]);
    expect(Buffer.concat(chunks).equals(Buffer.concat(content))).toBe(true);
    expect(await files.find(await book(), file.id)).toBeNull();
    expect(await files.remove(await book(), file.id, ann)).toBe('missing');
    expect(Buffer.concat(await kept(file.id)).equals(Buffer.concat(content))).toBe(true);
    expect(await files.remove(exchange, file.id, ann)).toBe('removed');
    expect(await files.remove(exchange, file.id, ann)).toBe('missing');
    expect([await files.list(exchange), await rowsLeft(file.id)]).toEqual([[], 0]);
  });

  it.each([
    [0, 0],
    [0, 600_000],
    [262_143, 262_144],
    [262_144, 524_287],
    [524_288, 599_999],
    [599_999, 599_999],
  ])('come back from byte %i to byte %i', async (first, last) => {
    const file = fileOf(await book());
    const content = randomBytes(600_000);
    await files.add(file, parts(content), 200);
    const part = Buffer.concat(await kept(file.id, { first, last }));
    expect(part.equals(content.subarray(first, last + 1))).toBe(true);
  });

  it('stay once the exchange has ended, and when someone wants them gone who takes no part', async () => {
    const exchange = await book();
    const file = fileOf(exchange);
    await files.add(file, parts(randomBytes(3)), 200);
    expect(await files.remove(exchange, file.id, randomUUID())).toBe('missing');
    await dataSource.query('INSERT INTO exchanges (id, ended_at) VALUES ($1, now())', [exchange]);
    expect(await files.remove(exchange, file.id, ann)).toBe('closed');
    expect([(await files.list(exchange)).length, await rowsLeft(file.id)]).toEqual([1, 1]);
  });

  it.each([
    ['closed', 'UPDATE bookings SET cancelled_at = now() WHERE id = $1'],
    ['closed', 'INSERT INTO exchanges (id, ended_at) VALUES ($1, now())'],
    ['missing', 'UPDATE booking_participants SET removed_at = now() WHERE booking_id = $1'],
  ])('are refused as %s, with nothing kept, when meanwhile: %s', async (refusal, change) => {
    const exchange = await book();
    const file = fileOf(exchange);
    await dataSource.query(change, [exchange]);
    expect(await files.add(file, parts(randomBytes(3)), 200)).toBe(refusal);
    expect([await files.list(exchange), await rowsLeft(file.id)]).toEqual([[], 0]);
  });

  it('are as many as allowed, also when all come at the same time', async () => {
    const exchange = await book();
    const outcomes = await Promise.all([1, 2, 3].map(() => files.add(fileOf(exchange), parts(randomBytes(3)), 2)));
    expect(outcomes.filter((each) => each === 'full')).toHaveLength(1);
    expect(await files.count(exchange)).toBe(2);
  });

  it('leave nothing behind when their content breaks off', async () => {
    const exchange = await book();
    const file = fileOf(exchange);
    async function* broken(): AsyncIterable<Uint8Array> {
      yield await Promise.resolve(randomBytes(300_000));
      throw new Error('cut');
    }
    await expect(files.add(file, broken(), 200)).rejects.toThrow('cut');
    expect([await files.list(exchange), await rowsLeft(file.id)]).toEqual([[], 0]);
  });
});
