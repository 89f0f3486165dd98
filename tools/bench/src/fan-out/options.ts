import type { PeerOptions } from '../peers';

/** One topic, many who read it, one who writes. */
export interface FanOutOptions extends Pick<PeerOptions, 'program'> {
  readonly subscribers: number;
  /** Bytes of each payload, a JSON text. */
  readonly payloadBytes: number;
  /** Messages a second; left out: as many as the server takes, with a number of them under way at all times. */
  readonly perSecond?: number | undefined;
  /** Numbers of messages under way that are tried while warming up; what is measured is the best of them for this server. */
  readonly windows: readonly number[];
  /** How long each window is tried, or how long a steady pace warms up. */
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** A folder in which our server leaves a CPU profile. */
  readonly profile?: string | undefined;
}

/** Messages under way that are worth trying: from hardly any queue to batches that fill a write. */
const WINDOWS = [4, 16, 64, 256];

/** Bytes of payload that may be under way to one subscriber; more would measure the memory for what waits. */
const BYTES_UNDER_WAY = 512 * 1024;

/** The windows to try for payloads of a size. */
export function windowsFor(payloadBytes: number): readonly number[] {
  return WINDOWS.filter((window, index) => index === 0 || window * payloadBytes <= BYTES_UNDER_WAY);
}
