import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { connectionPool, createDataSource } from './data-source';
import { PostgresMessageLog } from './message-log/postgres-message-log';
import { SilentProxy, startTestPostgres, type TestPostgres } from './testing';

describe('the connections that serve', () => {
  let postgres: TestPostgres;
  let proxy: SilentProxy;
  let dataSource: DataSource;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    proxy = await SilentProxy.to(await postgres.createDatabase());
    dataSource = await createDataSource({ url: proxy.url, poolSize: 1, timeoutMs: 100 }).initialize();
  });

  afterAll(async () => {
    await dataSource.destroy();
    await proxy.close();
    await postgres.stop();
  });

  afterEach(() => {
    proxy.silent = false;
  });

  it.each(['pg', 'TypeORM'])('give up a query of %s that the network swallowed, and its connection', async (which) => {
    const ask = (): Promise<unknown> =>
      which === 'pg' ? connectionPool(dataSource).query('SELECT 1') : dataSource.query('SELECT 1');
    await ask();
    proxy.silent = true;
    await expect(ask()).rejects.toThrow('Query read timeout');
    proxy.silent = false;
    // The only connection of this pool: it must be another one now.
    await expect(ask()).resolves.toBeDefined();
  });

  it('go on storing after an append that was swallowed', async () => {
    const log = new PostgresMessageLog(dataSource);
    const message = {
      topic: `exchange/text:${randomUUID()}`,
      action: 'message',
      userId: randomUUID(),
      sender: 'connection-1',
      id: 'café',
      payload: { text: 'café 👩‍👩‍👧 日本語' },
      timestamp: new Date(),
    };
    proxy.silent = true;
    await expect(log.append([message])).rejects.toThrow('Query read timeout');
    proxy.silent = false;
    await expect(log.append([message])).resolves.toMatchObject([{ seq: 1, repeated: false }]);
  });

  it('have the database stop what takes too long', async () => {
    await expect(dataSource.query('SELECT pg_sleep(60)')).rejects.toMatchObject({ driverError: { code: '57014' } });
  });

  it('have no end for migrations', async () => {
    const unhurried = await createDataSource({ url: proxy.url, poolSize: 1 }).initialize();
    try {
      expect(await unhurried.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '0' }]);
      expect(connectionPool(unhurried).options).not.toHaveProperty('query_timeout');
    } finally {
      await unhurried.destroy();
    }
  });
});
