import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pinGenerator, pinServer } from '../../load';

/** A server of a few lines that Node runs as it is, and that says `ready` and its port when it listens. */
export class RoomProgram {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    /** Whether it has a core of its own. */
    readonly pinned: boolean,
  ) {}

  /** @throws Error when it ends instead */
  static async start(file: string, nodeOptions: readonly string[] = []): Promise<RoomProgram> {
    pinGenerator();
    const child = spawn(process.execPath, [...nodeOptions, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    // A run that ends early must not leave it behind.
    const atExit = (): void => void child.kill('SIGKILL');
    process.once('exit', atExit);
    child.once('exit', () => process.off('exit', atExit));
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${file} ended with ${String(code)}.`);
    });
    const port = await Promise.race([readiness(child), ended]);
    // Its end is asked for from now on.
    ended.catch(() => undefined);
    return new RoomProgram(child, port, pinServer([child.pid ?? 0]));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}

/** The port that it says it listens on. */
async function readiness(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('The server cannot be heard.');
  for await (const line of createInterface(child.stdout)) {
    const [, port] = /^ready (\d+)$/.exec(line) ?? [];
    if (port !== undefined) return Number(port);
  }
  throw new Error('The server never got ready.');
}
