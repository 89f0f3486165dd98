import 'reflect-metadata';
import { EmbeddedPostgresError } from '@parley/persistence';
import { join } from 'node:path';
import { startServer } from './app';
import { Relay } from './calls/relay';
import { ConfigurationError, readConfig } from './config/config';
import { openDatabase } from './database';
import { StartupError } from './startup-error';
import { Stopping } from './stopping';
import { findWorkspace } from './workspace';

const workspace = findWorkspace(import.meta.dirname);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function start(): Promise<void> {
  const config = readConfig(process.env, workspace);
  let stop: (code: number) => void = (code) => process.exit(code);
  const database = await openDatabase(config, {
    packagesFrom: import.meta.dirname,
    say,
    onLost: (reason) => {
      complain(`✗ ${reason} Start Parley again; everything that was acknowledged is kept.`);
      stop(1);
    },
  });
  const server = await startServer(config, database.dataSource, join(workspace, 'dist/apps/web/browser')).catch(
    async (error: unknown) => {
      await database.close();
      throw error;
    },
  );
  const stopping = new Stopping({
    close: () => server.close().finally(() => database.close()),
    explain,
    exit: (code) => process.exit(code),
  });
  stop = (code) => stopping.begin(code);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.signal());
  const { summary } = server.app.get(Relay);
  if (summary !== undefined) say(summary);
  say(`Parley is ready: ${server.url}`);
}

/** What people can act on is said in words; anything else is a bug, with its trace. */
function explain(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof ConfigurationError) for (const mistake of error.mistakes) complain(`✗ ${mistake}`);
  else if (error instanceof StartupError || error instanceof EmbeddedPostgresError) complain(`✗ ${error.message}`);
  else complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

start().catch((error: unknown) => {
  explain(error);
  process.exit();
});
