import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the workspace. */
export const workspace = findWorkspace(import.meta.dirname);
const built = join(workspace, 'dist/apps/api/main.js');

/** The folder with nx.json: this file runs as a source and as part of a bundle, which lies elsewhere. */
function findWorkspace(folder: string): string {
  if (existsSync(join(folder, 'nx.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('This runs inside the workspace only.');
  return findWorkspace(parent);
}

/** Milliseconds for a start or a stop; only a failure ever waits that long. */
const DEADLINE_MS = 60_000;

/** What it prints when it serves, with its address. */
const readyLine = /Parley is ready: (http:\/\/[^\s/]+)/;

/** The built server, as `npm start` runs it, on a free port of the loopback interface. */
export class ParleyServer {
  private output = '';
  private readonly exit: Promise<number | string>;
  private hasExited = false;

  private constructor(
    private readonly child: ChildProcess,
    /** Without a slash at the end. Empty until it is ready. */
    private address: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    this.exit = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.hasExited = true;
        resolve(code ?? signal ?? 'unknown');
      });
    });
  }

  /**
   * @param env settings beside those that every test needs; DATABASE_URL or PARLEY_DATA among them
   * @param program another build of it, inside the workspace; default: that of `nx build api`
   * @throws Error with the server's own words when it does not get ready
   */
  static async start(env: Readonly<Record<string, string>>, program = built): Promise<ParleyServer> {
    if (!existsSync(program)) throw new Error(`${program} is missing: build it with npx nx build api`);
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      cwd: workspace,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', PORT: '0', HOST: '127.0.0.1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new ParleyServer(child, '');
    // A run that ends early must not leave it behind.
    const atExit = (): void => void child.kill('SIGKILL');
    process.once('exit', atExit);
    void server.exit.then(() => process.off('exit', atExit));
    server.address = await server.ready();
    return server;
  }

  get url(): string {
    return this.address;
  }

  get socketUrl(): string {
    return `${this.address.replace(/^http/, 'ws')}/sock`;
  }

  /** Everything that it has printed. */
  get said(): string {
    return this.output;
  }

  get isRunning(): boolean {
    return !this.hasExited;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Asks it to stop and waits until it has. Returns its exit code, or the signal that ended it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), DEADLINE_MS);
    const code = await this.exit;
    clearTimeout(timer);
    return code;
  }

  private async ready(): Promise<string> {
    const found = new Promise<string>((resolve, reject) => {
      const look = (): void => {
        const [, address] = readyLine.exec(this.output) ?? [];
        if (address !== undefined) resolve(address);
      };
      this.child.stdout?.on('data', look);
      this.child.stderr?.on('data', look);
      this.child.once('error', reject);
      void this.exit.then((code) => reject(new Error(`The server ended with ${code}:\n${this.output}`)));
    });
    const timer = setTimeout(() => this.child.kill('SIGKILL'), DEADLINE_MS);
    try {
      return await found;
    } finally {
      clearTimeout(timer);
    }
  }
}
