import type { Clock } from '@parley/client';
import type { IceServers } from '@parley/protocol';

/** Milliseconds before credentials run out from which on new ones are fetched. */
const RENEW_BEFORE_MS = 120_000;

/** Milliseconds for which a call waits for the servers' addresses; without an answer it tries to go direct. */
const PATIENCE_MS = 3_000;

export interface IceConfigurationOptions {
  /** `GET /api/exchanges/:id/ice-servers` (A4). */
  readonly fetch: () => Promise<IceServers>;
  /** Whether only relayed paths may be used, which hides one's address from the others. */
  readonly relayOnly: () => boolean;
  readonly clock: Clock;
}

/** Milliseconds after which credentials that could not be renewed are asked for again. */
const AGAIN_MS = 15_000;

/** What connections are configured with: the servers' addresses, with credentials that are good for a while. */
export class IceConfiguration {
  private known: IceServers | undefined;
  private underWay: Promise<void> | undefined;
  private stopRenewal: () => void = () => undefined;
  private closed = false;
  /** By the clock of this device, from when the answer came: others are off. */
  private renewAt = Infinity;

  constructor(private readonly options: IceConfigurationOptions) {}

  get relayOnly(): boolean {
    return this.options.relayOnly();
  }

  /** Whether a relay is among them, as far as known. */
  get hasRelay(): boolean | undefined {
    return this.known?.relay;
  }

  /** @param anew the known credentials were refused: others are asked for, and these serve until there are any */
  async read(anew = false): Promise<RTCConfiguration> {
    const servers = this.isFresh() && !anew ? this.known : await this.renew();
    return {
      iceServers: (servers?.iceServers ?? []).map(({ urls, username, credential }) => ({
        urls,
        ...(username === undefined ? {} : { username }),
        ...(credential === undefined ? {} : { credential }),
      })),
      iceTransportPolicy: this.options.relayOnly() ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
    };
  }

  close(): void {
    this.closed = true;
    this.stopRenewal();
  }

  private isFresh(): boolean {
    if (this.known === undefined) return false;
    return this.options.clock.now() < this.renewAt;
  }

  /** What is known once new ones are here, or the wait for them was too long; those that come later serve the next time. */
  private async renew(): Promise<IceServers | undefined> {
    this.underWay ??= this.fetch().finally(() => (this.underWay = undefined));
    let stop = (): void => undefined;
    const late = new Promise<void>((resolve) => (stop = this.options.clock.after(PATIENCE_MS, resolve)));
    await Promise.race([this.underWay, late]);
    stop();
    return this.known;
  }

  private async fetch(): Promise<void> {
    try {
      this.known = await this.options.fetch();
      const lifetime = (this.known.lifetimeSeconds ?? Infinity) * 1_000;
      this.renewAt = this.options.clock.now() + Math.max(lifetime / 2, lifetime - RENEW_BEFORE_MS);
    } catch {
      // The server cannot be asked now; the call tries what it has.
    }
    this.scheduleRenewal();
  }

  /** Ahead of time: when a path breaks, the server that gives new ones may be out of reach too. */
  private scheduleRenewal(): void {
    this.stopRenewal();
    if (this.renewAt === Infinity || this.closed) return;
    const { clock } = this.options;
    const left = Math.max(this.renewAt - clock.now(), AGAIN_MS);
    this.stopRenewal = clock.after(left, () => void this.renew());
  }
}
