import 'reflect-metadata';
import {
  EmbeddedPostgresError,
  createDataSource,
  migrate,
  startEmbeddedPostgres,
  takeServerLock,
} from '@parley/persistence';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { ConfigurationError, readConfig, type Config } from './config/config';
import { migrationSource } from './migrations/migration-source';
import { StartupError } from './startup-error';
import { findWorkspace } from './workspace';

const usage = `npm run migration:run                     applies what is pending
npm run migration:revert                  takes the newest one back
npm run migration:show                    lists them; [X] has run
npm run migration:generate -- my-change   writes one for what the entities say and the tables do not`;

const workspace = findWorkspace(import.meta.dirname);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const commands: Readonly<Record<string, (dataSource: DataSource, name: string | undefined) => Promise<void>>> = {
  async run(dataSource) {
    const ran = await migrate(dataSource);
    say(ran.length === 0 ? 'Nothing to do: every migration has run.' : ran.map((name) => `Ran ${name}`).join('\n'));
  },
  async revert(dataSource) {
    await dataSource.undoLastMigration({ transaction: 'each' });
    await commands.show?.(dataSource, undefined);
  },
  async show(dataSource) {
    const rows = await dataSource
      .query<{ name: string }[]>(`SELECT to_regclass('migrations') IS NOT NULL AS there`)
      .then(([row]) =>
        (row as unknown as { there: boolean }).there
          ? dataSource.query<{ name: string }[]>('SELECT name FROM migrations')
          : [],
      );
    const ran = new Set(rows.map((row) => row.name));
    for (const { name = '' } of dataSource.migrations) say(`[${ran.has(name) ? 'X' : ' '}] ${name}`);
  },
  async generate(dataSource, name) {
    if (name === undefined || !/^[a-z][a-z0-9-]*$/.test(name)) {
      throw new StartupError('Give it a name in small letters: npm run migration:generate -- my-change');
    }
    const { upQueries, downQueries } = await dataSource.driver.createSchemaBuilder().log();
    if (upQueries.length === 0) {
      say('Nothing to do: the tables are what the entities say.');
      return;
    }
    const stamp = Date.now();
    const file = join(workspace, 'libs/persistence/src/migrations', `${stamp}-${name}.ts`);
    const change = {
      up: upQueries.map(({ query }) => query),
      down: downQueries.map(({ query }) => query).reverse(),
    };
    writeFileSync(file, migrationSource(name, stamp, change));
    say(`Wrote ${file}\nRead it, say in it what it changes and why, and add it to the list in index.ts beside it.`);
  },
};

async function main(): Promise<void> {
  const [command = '', name] = process.argv.slice(2);
  const action = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (action === undefined) throw new StartupError(`Say what to do:\n\n${usage}`);
  const { url, leave } = await database(readConfig(process.env, workspace));
  const dataSource = createDataSource({ url, poolSize: 2 });
  try {
    await dataSource.initialize();
    await action(dataSource, name);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await leave();
  }
}

async function database(config: Config): Promise<{ readonly url: string; readonly leave: () => Promise<void> }> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, leave: () => Promise.resolve() };
  const folder = config.dataFolder;
  const postgres = await startEmbeddedPostgres({ folder, packagesFrom: import.meta.dirname, say });
  const lock = await takeServerLock(postgres.url, folder, () => undefined).catch((error: unknown) => {
    if (!(error instanceof EmbeddedPostgresError)) throw error;
    say('A Parley server is running on this database.');
    return undefined;
  });
  return {
    url: postgres.url,
    leave: async () => {
      // Only what no server uses may be stopped.
      if (lock === undefined) return;
      await lock.release();
      await postgres.stop();
    },
  };
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  const known = [StartupError, EmbeddedPostgresError, ConfigurationError].some((kind) => error instanceof kind);
  process.stderr.write(`✗ ${error instanceof Error ? (known ? error.message : (error.stack ?? '')) : String(error)}\n`);
});
