import { startCoturn, type Coturn as RunningCoturn, type CoturnOptions } from '@parley/turn';
import { randomBytes } from 'node:crypto';

/** A real Coturn on loopback for journeys, that can be killed and comes back at the same address with the same secret. */
export class Coturn {
  private constructor(
    private running: RunningCoturn,
    private readonly options: CoturnOptions,
  ) {}

  /**
   * @param options of `startCoturn`: `transports: ['tcp']` for TCP alone, a `secret` or `port` of one's own
   * @throws CoturnError when none is installed
   */
  static async start(options: Partial<CoturnOptions> = {}): Promise<Coturn> {
    const all = { secret: randomBytes(24).toString('base64url'), ...options };
    const running = await startCoturn(all);
    return new Coturn(running, { ...all, port: running.port });
  }

  get secret(): string {
    return this.options.secret;
  }

  get port(): number {
    return this.running.port;
  }

  get pid(): number {
    return this.running.pid;
  }

  /** For RTCIceServer, one for each transport. */
  get urls(): readonly string[] {
    return this.running.urls;
  }

  /** What makes a server give this relay's credentials out. */
  get env(): Readonly<Record<string, string>> {
    return { TURN_URLS: this.urls.join(','), TURN_SECRET: this.secret };
  }

  /** Ends it like a crash (SIGKILL): every allocation is gone. */
  kill(): Promise<void> {
    return this.running.kill();
  }

  /** Starts it again at the same port, after {@link kill} or {@link stop}. It knows nothing of earlier allocations. */
  async startAgain(): Promise<void> {
    this.running = await startCoturn(this.options);
  }

  stop(): Promise<void> {
    return this.running.stop();
  }
}
