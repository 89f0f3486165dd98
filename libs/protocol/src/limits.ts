/** Every limit of the protocol with its default. The server's are configuration; a client needs none of them. */
export interface Limits {
  /** Bytes of one frame as it arrives; larger closes with 1009 (F4). */
  readonly frameBytes: number;
  /** Bytes of one payload as JSON; larger is answered `error too-large` (F3). */
  readonly payloadBytes: number;
  /** Topics one connection may be subscribed to (F4). */
  readonly subscriptionsPerConnection: number;
  /** Sockets one user may hold open (F4). */
  readonly connectionsPerUser: number;
  /** Sockets this server takes at all; past it the upgrade is refused with 503 (T3). */
  readonly connections: number;
  /** Bad frames within `badFrameWindowMs` that close the connection with 4400 (F3). */
  readonly badFrames: number;
  /** Milliseconds over which bad frames and rate-limit violations are counted (F3, L1). */
  readonly badFrameWindowMs: number;
  /** Messages a second that refill the token bucket (L1). */
  readonly messagesPerSecond: number;
  /** Messages the token bucket holds when full (L1). */
  readonly messageBurst: number;
  /** Volatile messages a second, counted apart (L1, P5). */
  readonly volatilePerSecond: number;
  /** Volatile messages the bucket holds when full (L1, P5). */
  readonly volatileBurst: number;
  /** Rate-limited messages within `badFrameWindowMs` that close the connection with 4429 (L1). */
  readonly rateViolations: number;
  /** Frames of one connection that may wait for an earlier one (S5); reading pauses past it. */
  readonly queuedFrames: number;
  /** Bytes that may wait for a slow reader; past it the connection is closed with 4408 (L2). */
  readonly outboxBytes: number;
  /** Milliseconds between two `ping` frames (L3). */
  readonly heartbeatMs: number;
  /** Milliseconds that a `pong` may take (L3). */
  readonly pongTimeoutMs: number;
  /** Milliseconds that a guard may take before it counts as a refusal (S5). */
  readonly guardTimeoutMs: number;
  /** Milliseconds for which an allowance is believed before the guard is asked again (S6). */
  readonly leaseMs: number;
  /** Messages that one `load-messages` may return (H1). */
  readonly pageMessages: number;
  /** Unstored message ids remembered per topic, to answer repeats with the first ack (P3). */
  readonly rememberedIds: number;
  /** Messages of one topic kept for those who come back (H2). */
  readonly windowMessages: number;
  /** Milliseconds for which a message is kept for those who come back (H2). */
  readonly windowMs: number;
  /** Bytes of one topic kept for those who come back, as they go over the wire; below `outboxBytes` (H2, L2). */
  readonly windowBytes: number;
  /** Bytes of all topics together kept for those who come back; past it the largest windows are let go (H2). */
  readonly windowsBytes: number;
  /** Milliseconds for which a connection that ended uncleanly can be resumed, and its user counts as present (T4, U3). */
  readonly graceMs: number;
  /** Milliseconds over which the clients of a server that ends are told to come back (L4). */
  readonly drainSpreadMs: number;
}

export const defaultLimits: Limits = {
  frameBytes: 64 * 1024,
  payloadBytes: 60 * 1024,
  subscriptionsPerConnection: 64,
  connectionsPerUser: 10,
  connections: 20_000,
  badFrames: 10,
  badFrameWindowMs: 10_000,
  messagesPerSecond: 60,
  messageBurst: 120,
  volatilePerSecond: 120,
  volatileBurst: 240,
  rateViolations: 200,
  queuedFrames: 256,
  outboxBytes: 1024 * 1024,
  heartbeatMs: 25_000,
  pongTimeoutMs: 10_000,
  guardTimeoutMs: 2_000,
  leaseMs: 60_000,
  pageMessages: 100,
  rememberedIds: 1_000,
  windowMessages: 1_000,
  windowMs: 5 * 60_000,
  windowBytes: 512 * 1024,
  windowsBytes: 256 * 1024 * 1024,
  graceMs: 30_000,
  drainSpreadMs: 3_000,
};

/** Milliseconds without a word from the server after which a client reconnects (L3). */
export const CLIENT_SILENCE_MS = 40_000;

/** Milliseconds for which a ticket can be redeemed (T2). */
export const TICKET_LIFETIME_MS = 30_000;
