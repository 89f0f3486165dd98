import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { IceServers } from '@parley/protocol';
import { findTurnserver, probeTurn, turnCredentials } from '@parley/turn';
import { CONFIG, type Config } from '../config/config';
import { OwnRelay } from './own-relay';

/** Milliseconds for which it is believed that a relay answers, or does not. */
const PROBED_MS = 10_000;

export type RelayState = 'up' | 'down' | 'not configured';

/** The relay that calls go through where nothing else does: the configured one, or this server's own, or none. */
@Injectable()
export class Relay implements OnModuleInit, OnApplicationShutdown {
  private readonly own: OwnRelay | undefined;
  private probed: { readonly at: number; readonly urls: string; readonly answers: Promise<boolean> } | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.own = config.calls.ownRelay ? new OwnRelay({ program: findTurnserver() }) : undefined;
  }

  async onModuleInit(): Promise<void> {
    await this.own?.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.own?.stop();
  }

  /** What a connection of this user can use from now on. */
  serversFor(userId: string): IceServers {
    const { stunUrls, credentialsMs } = this.config.calls;
    const stun = stunUrls.length === 0 ? [] : [{ urls: [...stunUrls] }];
    const { relay } = this;
    if (relay === undefined) return { iceServers: stun, lifetimeSeconds: null, relay: false };
    const { urls, secret } = relay;
    const { username, credential } = turnCredentials({ secret, userId, ttlMs: credentialsMs });
    return {
      iceServers: [...stun, { urls: [...urls], username, credential }],
      lifetimeSeconds: Math.floor(credentialsMs / 1000),
      relay: true,
    };
  }

  /** Whether it answers this server, or did within the last 10 s. Of several, one that answers is enough. */
  async state(): Promise<RelayState> {
    const { relay } = this;
    if (relay === undefined) return 'not configured';
    const urls = relay.urls.join();
    const now = performance.now();
    if (this.probed?.urls !== urls || now - this.probed.at > PROBED_MS) {
      this.probed = { at: now, urls, answers: anyAnswers(relay.urls) };
    }
    return (await this.probed.answers) ? 'up' : 'down';
  }

  /** One line for whoever starts the server; undefined where there is nothing to say. */
  get summary(): string | undefined {
    return this.own?.summary;
  }

  private get relay(): { readonly urls: readonly string[]; readonly secret: string } | undefined {
    const { own } = this;
    if (own === undefined) return this.config.calls.relay;
    return own.urls.length === 0 ? undefined : { urls: own.urls, secret: own.secret };
  }
}

async function anyAnswers(urls: readonly string[]): Promise<boolean> {
  const failures = await Promise.all(urls.map((url) => probeTurn(url)));
  return failures.includes(undefined);
}
