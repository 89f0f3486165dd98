import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Characters of what a program said last that are kept to explain its end. */
const KEPT = 4_000;
const STOP_MS = 5_000;

/** A program in the background that never outlives this process, not even one that is killed. */
export class GuardedProcess {
  /** For a shell: waits until its input ends, as it does when this process is gone, however it went, and ends the program. */
  static readonly watch = 'read -r _; kill -9 "$1" 2>/dev/null';

  private output = '';
  private ended: string | undefined;

  private constructor(
    private readonly child: ChildProcess,
    /** Why it ended, when it has: its exit code or signal. */
    readonly exit: Promise<string>,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output = (this.output + text).slice(-KEPT)));
    }
    void exit.then((how) => (this.ended = how));
  }

  /** @throws Error when the program cannot be started at all */
  static async start(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<GuardedProcess> {
    // Groups of their own: Ctrl+C in the terminal reaches them through us, in our order.
    const child = spawn(program, args, { env, cwd: '/', detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const exit = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
    });
    await once(child, 'spawn');
    const watch = spawn('/bin/sh', ['-c', GuardedProcess.watch, 'watch', String(child.pid)], {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    void exit.then(() => watch.kill('SIGKILL'));
    try {
      await once(watch, 'spawn');
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
    return new GuardedProcess(child, exit);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Why it ended; undefined while it runs. */
  get how(): string | undefined {
    return this.ended;
  }

  /** The last that it printed. */
  get said(): string {
    return this.output;
  }

  /** Asks it to end, makes it end after 5 s, and waits until it has. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.ended !== undefined) return;
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    await this.exit;
    clearTimeout(late);
  }
}
