import { defaultLimits, type Limits } from '@parley/protocol';
import { z } from 'zod';
import { wholeNumber } from './setting-types';

const meanings: Record<keyof Limits, string> = {
  frameBytes: 'Bytes of one frame; larger closes the connection.',
  payloadBytes: 'Bytes of one payload as JSON.',
  subscriptionsPerConnection: 'Topics that one connection may be subscribed to.',
  connectionsPerUser: 'Sockets that one user may hold open.',
  connections: 'Sockets that this server takes at all.',
  badFrames: 'Bad frames within the window that close a connection.',
  badFrameWindowMs: 'Milliseconds over which bad frames and rate violations are counted.',
  messagesPerSecond: 'Messages a second that one connection may send.',
  messageBurst: 'Messages that one connection may send at once.',
  volatilePerSecond: 'Volatile messages a second, counted apart.',
  volatileBurst: 'Volatile messages at once.',
  rateViolations: 'Rate-limited messages within the window that close a connection.',
  queuedFrames: 'Frames of one connection that may wait for an earlier one.',
  outboxBytes: 'Bytes that may wait for a slow reader.',
  heartbeatMs: 'Milliseconds between two pings at most.',
  pongTimeoutMs: 'Milliseconds that a pong may take.',
  guardTimeoutMs: 'Milliseconds that an allowance guard may take.',
  leaseMs: 'Milliseconds for which an allowance is believed.',
  pageMessages: 'Messages that one history page may hold.',
  rememberedIds: 'Ids of unstored messages remembered for each topic.',
  windowMessages: 'Messages of one topic kept for those who come back.',
  windowMs: 'Milliseconds for which a message is kept for those who come back.',
  windowBytes: 'Bytes of one topic kept for those who come back.',
  windowsBytes: 'Bytes of all topics together kept for those who come back.',
  graceMs: 'Milliseconds for which a broken connection can be resumed.',
  drainSpreadMs: 'Milliseconds over which clients come back after a restart.',
};

const names = Object.keys(defaultLimits) as (keyof Limits)[];

/** Each limit of the socket protocol as an environment variable: `frameBytes` is `LIMIT_FRAME_BYTES`. */
export const limitSettings = Object.fromEntries(
  names.map((name) => [
    variable(name),
    // H1 promises pages of at most as many messages as the protocol's default.
    wholeNumber(1, name === 'pageMessages' ? defaultLimits.pageMessages : Number.MAX_SAFE_INTEGER)
      .default(defaultLimits[name])
      .describe(meanings[name]),
  ]),
) as Record<string, z.ZodType<number>>;

/** Gathers the limits out of the parsed settings. */
export function limitsOf(settings: Readonly<Record<string, unknown>>): Limits {
  return Object.fromEntries(names.map((name) => [name, settings[variable(name)]])) as unknown as Limits;
}

function variable(limit: string): string {
  return `LIMIT_${limit.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
