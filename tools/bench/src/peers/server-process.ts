import { spawn, type ChildProcess } from 'node:child_process';
import { workspace } from '@parley/harness';
import { setTimeout as wait } from 'node:timers/promises';
import { pinGenerator, pinServer, Wire } from '../load';

/** Milliseconds for a start or a stop; only a failure waits that long. */
const DEADLINE_MS = 20_000;
/** Milliseconds between two looks whether it listens. */
const LOOK_MS = 20;

const readyLine = /^ready (\d+)$/m;

/** A server that is no Parley: a program of ours in this Node, or one that the machine has. */
export class ServerProcess {
  port = 0;
  pinned = false;
  private output = '';
  private hasExited = false;
  private readonly exited: Promise<void>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    const atExit = (): void => void child.kill('SIGKILL');
    process.once('exit', atExit);
    this.exited = new Promise((resolve) => {
      const end = (): void => {
        this.hasExited = true;
        process.off('exit', atExit);
        resolve();
      };
      child.once('exit', end);
      child.once('error', (error) => {
        this.output += String(error);
        end();
      });
    });
  }

  /**
   * @param port where it will listen; left out, it says `ready PORT` itself
   * @throws Error with its own words when it does not get ready
   */
  static async start(command: string, args: readonly string[], port?: number): Promise<ServerProcess> {
    // Before: some look once how many cores they have.
    pinGenerator();
    const child = spawn(command, args, {
      cwd: workspace,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new ServerProcess(child);
    try {
      server.port = port === undefined ? await server.saidPort() : await server.listens(port);
      server.pinned = pinServer([server.pid]);
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), DEADLINE_MS);
    await this.exited;
    clearTimeout(timer);
  }

  private async saidPort(): Promise<number> {
    return this.until(() => {
      const [, port] = readyLine.exec(this.output) ?? [];
      return Promise.resolve(port === undefined ? undefined : Number(port));
    });
  }

  private async listens(port: number): Promise<number> {
    return this.until(async () => {
      try {
        (await Wire.open(port)).destroy();
        return port;
      } catch {
        // Not yet.
        return undefined;
      }
    });
  }

  private async until<T>(look: () => Promise<T | undefined>): Promise<T> {
    const deadline = performance.now() + DEADLINE_MS;
    while (!this.hasExited && performance.now() < deadline) {
      const found = await look();
      if (found !== undefined) return found;
      await wait(LOOK_MS);
    }
    throw new Error(`${this.child.spawnfile} did not get ready:\n${this.output}`);
  }
}
