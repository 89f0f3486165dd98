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
  private underWay: Promise<IceServers | undefined> | undefined;
  private stopRenewal: () => void = () => undefined;
  private closed = false;

  constructor(private readonly options: IceConfigurationOptions) {}

  get relayOnly(): boolean {
    return this.options.relayOnly();
  }

  /** Whether a relay is among them, as far as known. */
  get hasRelay(): boolean | undefined {
    return this.known?.relay;
  }

  /** @param anew the known credentials were refused */
  async read(anew = false): Promise<RTCConfiguration> {
    if (anew) this.known = undefined;
    const servers = this.isFresh() ? this.known : await this.renew();
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
    const { expiresAt } = this.known;
    return expiresAt === null || Date.parse(expiresAt) - this.options.clock.now() > RENEW_BEFORE_MS;
  }

  private renew(): Promise<IceServers | undefined> {
    this.underWay ??= this.fetch().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  /** Those known before serve where new ones cannot be had: they may still be good, and others are asked for next time. */
  private async fetch(): Promise<IceServers | undefined> {
    const { clock, fetch } = this.options;
    let stop = (): void => undefined;
    const late = new Promise<undefined>((resolve) => (stop = clock.after(PATIENCE_MS, () => resolve(undefined))));
    try {
      const servers = await Promise.race([fetch(), late]);
      if (servers !== undefined) this.known = servers;
      this.scheduleRenewal();
    } catch {
      // The server cannot be asked now; the call tries what it has.
      this.scheduleRenewal();
    } finally {
      stop();
    }
    return this.known;
  }

  /** Ahead of time: when a path breaks, the server that gives new ones may be out of reach too. */
  private scheduleRenewal(): void {
    this.stopRenewal();
    const expiresAt = this.known?.expiresAt ?? null;
    if (expiresAt === null || this.closed) return;
    const { clock } = this.options;
    const left = Date.parse(expiresAt) - clock.now() - RENEW_BEFORE_MS;
    this.stopRenewal = clock.after(Math.max(left, AGAIN_MS), () => void this.renew());
  }
}
