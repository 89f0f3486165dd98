import type { PeerOptions } from '../peers';

/** One topic, many who read it, one who writes. */
export interface FanOutOptions extends Pick<PeerOptions, 'program'> {
  readonly subscribers: number;
  /** Bytes of each payload, a JSON text. */
  readonly payloadBytes: number;
  /** Messages a second; left out: as many as the server takes, with a number of them under way at all times. */
  readonly perSecond?: number | undefined;
  /** Numbers of messages under way. Several are tried while warming up, and the best for this server is measured. */
  readonly windows: readonly number[];
  /** How long each window is tried, or how long a steady pace warms up. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** A folder in which our server leaves a CPU profile. */
  readonly profile?: string | undefined;
}

/**
 * Messages under way, the same for every server: enough that the core of each is full, found by trying 4, 16, 64 and 256.
 * With more, those that gather what they write wait for the generator, and put more into each write than they would ever
 * find to put there.
 */
const WINDOW = 16;

/** Bytes of payload that may be under way to one subscriber; more would measure the memory for what waits. */
const BYTES_UNDER_WAY = 256 * 1024;

/** The window for payloads of a size. */
export function windowsFor(payloadBytes: number): readonly number[] {
  return [Math.max(1, Math.min(WINDOW, Math.floor(BYTES_UNDER_WAY / payloadBytes)))];
}
