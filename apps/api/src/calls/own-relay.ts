import { Logger } from '@nestjs/common';
import { CoturnError, startCoturn, type Coturn, type CoturnOptions } from '@parley/turn';
import { randomBytes } from 'node:crypto';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface OwnRelayOptions {
  /** Milliseconds before the first new start after an end; doubles with each that fails. Default 1 s. */
  readonly pauseMs?: number;
  /** Where Coturn's `turnserver` is; undefined where none is installed. */
  readonly program: string | undefined;
}

/** A Coturn for this machine alone: started when one is installed, started again when it ends, stopped with the server. */
export class OwnRelay {
  /** Never leaves this process but for Coturn's own file. */
  readonly secret = randomBytes(32).toString('base64url');
  private readonly logger = new Logger('Relay');
  private readonly program: string | undefined;
  private readonly firstPauseMs: number;
  private pauseMs: number;
  private running: Coturn | undefined;
  private known: Coturn | undefined;
  private timer: NodeJS.Timeout | undefined;
  private starting: Promise<void> | undefined;
  private isStopped = false;

  constructor({ program, pauseMs = FIRST_PAUSE_MS }: OwnRelayOptions) {
    this.program = program;
    this.firstPauseMs = pauseMs;
    this.pauseMs = pauseMs;
  }

  /** Resolves when it relays, or cannot: a server that has no relay serves all the same. */
  async start(): Promise<void> {
    if (this.program === undefined) return;
    this.starting = this.launch(this.program);
    await this.starting;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.starting;
    await this.running?.stop();
  }

  /** Where it is, also in the moment in which it is started again; empty when it never ran. */
  get urls(): readonly string[] {
    return this.known?.urls ?? [];
  }

  get pid(): number | undefined {
    return this.running?.pid;
  }

  get summary(): string {
    if (this.known !== undefined) return `Calls can use a relay of this machine: Coturn on port ${this.known.port}.`;
    if (this.program !== undefined) return 'Calls go without a relay: Coturn did not start.';
    return 'Calls go without a relay: install Coturn to try one (apt install coturn), or set TURN_URLS.';
  }

  private async launch(program: string): Promise<void> {
    try {
      const running = await this.startSomewhere({ program, secret: this.secret, onExit: (how) => this.ended(how) });
      this.running = running;
      this.known = running;
      this.pauseMs = this.firstPauseMs;
      if (this.isStopped) await running.stop();
    } catch (error) {
      this.again(program, error instanceof CoturnError ? error.message : String(error));
    }
  }

  /** At the port that credentials already given out are used with; at another when someone has taken that. */
  private async startSomewhere(options: CoturnOptions): Promise<Coturn> {
    const { port } = this.known ?? {};
    if (port === undefined) return startCoturn(options);
    return startCoturn({ ...options, port }).catch(() => startCoturn(options));
  }

  private ended(how: string): void {
    this.running = undefined;
    if (this.program !== undefined) this.again(this.program, `Coturn ended (${how}).`);
  }

  private again(program: string, reason: string): void {
    if (this.isStopped) return;
    this.logger.warn(`No relay for calls: ${reason} It is started again in ${this.pauseMs / 1000} s.`);
    this.timer = setTimeout(() => {
      this.starting = this.launch(program);
    }, this.pauseMs);
    this.timer.unref();
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }
}
