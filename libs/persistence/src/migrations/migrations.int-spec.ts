import type { DataSource } from 'typeorm';
import { createDataSource, migrate } from '../data-source';
import { startTestPostgres, type TestPostgres } from '../testing';
import { migrations } from './index';

async function takeAllBack(dataSource: DataSource): Promise<void> {
  for (let left = migrations.length; left > 0; left -= 1) await dataSource.undoLastMigration({ transaction: 'each' });
}

describe('migrations', () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });

  afterAll(async () => {
    await postgres.stop();
  });

  it('describe the same schema as the entities', async () => {
    const dataSource = await createDataSource({ url: await postgres.createDatabase() }).initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map((query) => query.query)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('can be taken back one by one and run again', async () => {
    const dataSource = await createDataSource({ url: await postgres.createDatabase() }).initialize();
    try {
      await takeAllBack(dataSource);
      const left = await dataSource.query<unknown[]>(
        `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname !~ 'migrations' AND relkind = 'r'
         UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
      );
      expect(left).toEqual([]);
      expect(await migrate(dataSource)).toHaveLength(migrations.length);
      expect(await migrate(dataSource)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it('run once when several nodes start at the same time', async () => {
    const url = await postgres.createDatabase();
    const nodes = await Promise.all([1, 2, 3].map(() => createDataSource({ url }).initialize()));
    try {
      await takeAllBack(nodes[0]!);
      const ran = await Promise.all(nodes.map((node) => migrate(node)));
      expect(ran.map((names) => names.length).sort()).toEqual([0, 0, migrations.length]);
    } finally {
      await Promise.all(nodes.map((node) => node.destroy()));
    }
  });
});
