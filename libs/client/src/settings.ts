import { CLIENT_SILENCE_MS } from '@parley/protocol';
import { systemClock } from './clock';
import type { SocketClientOptions } from './options';
import { pageWakes } from './wake';
import { openWebSocket } from './web-socket-like';

/** The options with nothing left open; without `keep` nothing outlives the page. */
export type Settings = Required<Omit<SocketClientOptions, 'keep'>> & Pick<SocketClientOptions, 'keep'>;

/** @throws TypeError when `url` is a string and not the address of anything */
export function settingsFrom(options: SocketClientOptions): Settings {
  // Now rather than at every attempt: no waiting will make it right.
  if (typeof options.url === 'string') new URL(options.url);
  // What is given as undefined counts as not given.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return {
    webSocket: openWebSocket,
    backoff: { min: 500, max: 30_000 },
    connectTimeout: 15_000,
    silence: CLIENT_SILENCE_MS,
    rate: { perSecond: 48, burst: 60, inFlight: 32 },
    volatileRate: { perSecond: 96, burst: 120 },
    queue: { messages: 1_000, characters: 8_000_000 },
    wake: pageWakes,
    clock: systemClock,
    random: Math.random,
    ...(given as Partial<SocketClientOptions> & Pick<SocketClientOptions, 'ticket' | 'url'>),
  };
}
