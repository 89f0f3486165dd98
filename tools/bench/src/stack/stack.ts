import { ParleyServer } from '@parley/harness';
import { EmbeddedPostgresError, startEmbeddedPostgres, type EmbeddedPostgres } from '@parley/persistence';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { lastingPort } from './lasting-port';

type Env = Readonly<Record<string, string>>;

export interface StackOptions {
  /** Settings of the server beside those that every run needs. */
  readonly env?: Env;
  /** Another build of the server; default: that of `nx build api`. */
  readonly program?: string | undefined;
}

const DATABASE_STARTS = 5;

/** What session cookies are signed with, so that a run can make some without signing in. */
export const SESSION_SECRET = 'the bench signs in once and throws this server away';

/** What every run sets: nothing that changes how the server works once people are signed in. */
const baseEnv: Env = {
  NODE_ENV: 'test',
  SESSION_SECRET,
  PARLEY_DEMO: 'off',
  PARLEY_RELAY: 'off',
  REGISTRATIONS_PER_ADDRESS: '10000',
  SIGN_IN_PER_ADDRESS: '10000',
};

/**
 * The built server on a Postgres that waits for its disk, as in production. Both can be killed, and come back at the
 * address that they had with the data that they had.
 */
export class Stack {
  private running: ParleyServer | undefined;

  private constructor(
    private readonly folder: string,
    private readonly serverPort: number,
    private postgres: EmbeddedPostgres,
    private readonly options: StackOptions,
    /** For looking into the tables. */
    readonly database: Pool,
  ) {
    process.once('exit', this.atExit);
  }

  static async start(options: StackOptions = {}): Promise<Stack> {
    const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
    // Postgres runs as another user than root and has to get in.
    chmodSync(folder, 0o711);
    const postgres = await startEmbeddedPostgres({ folder, port: await lastingPort() });
    const database = new Pool({ connectionString: postgres.url, max: 20 });
    // A connection that breaks while nobody uses it is replaced; one that breaks in use rejects its query.
    database.on('error', () => undefined);
    const stack = new Stack(folder, await lastingPort(), postgres, options, database);
    try {
      await stack.startServer();
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  /** @throws Error while none runs */
  get server(): ParleyServer {
    if (this.running === undefined) throw new Error('The server does not run.');
    return this.running;
  }

  /** Of the process that all others of the database are children of. */
  get databasePid(): number {
    return this.postgres.pid;
  }

  /** Whether the server ended although nobody asked it to. */
  get hasCrashed(): boolean {
    return this.running?.isRunning === false;
  }

  /** Of the bench's own servers, everything that they printed. */
  get said(): string {
    return this.running?.said ?? '';
  }

  /** @param changed settings of this start alone */
  async startServer(changed: Env = {}): Promise<void> {
    const env = {
      ...baseEnv,
      ...this.options.env,
      ...changed,
      DATABASE_URL: this.postgres.url,
      PORT: String(this.serverPort),
    };
    this.running = await ParleyServer.start(env, this.options.program);
  }

  /** @returns its exit code, or the signal that ended it */
  async endServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string> {
    const { server } = this;
    this.running = undefined;
    return server.stop(signal);
  }

  /** At once, without a checkpoint; what was committed is in its log on disk. */
  killDatabase(): void {
    process.kill(this.postgres.pid, 'SIGKILL');
  }

  /** Starts it again; resolves when it has recovered and answers. */
  async startDatabase(): Promise<void> {
    const port = Number(new URL(this.postgres.url).port);
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.postgres = await startEmbeddedPostgres({ folder: this.folder, port });
        return;
      } catch (error) {
        // On a busy machine its old processes may take longer to notice that it was killed than a start is patient.
        if (!(error instanceof EmbeddedPostgresError) || attempt === DATABASE_STARTS) throw error;
      }
    }
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    await this.database.end();
    await this.postgres.stop();
    process.off('exit', this.atExit);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A run that ends early must not leave the database behind; its data are of no value. */
  private readonly atExit = (): void => {
    try {
      process.kill(this.postgres.pid, 'SIGQUIT');
    } catch (error) {
      // It is gone already.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
}
