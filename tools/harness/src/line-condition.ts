/** Which way bytes go: `up` from the client to the server, `down` back. */
export type Direction = 'up' | 'down';

/** How one direction of a connection carries. Nothing given: at once and whole. */
export interface LineCondition {
  /** Milliseconds that everything is under way longer. */
  readonly delayMs?: number;
  /** Up to so many milliseconds more, chosen for each piece; the order stays. */
  readonly jitterMs?: number;
  /** Bytes a second at most, in pieces that end anywhere. */
  readonly bytesPerSecond?: number;
  /** Nothing moves until this is over; then all of it does. */
  readonly isStalled?: boolean;
  /** What comes from now on never arrives. A connection that lost something has lost the rest too, as in TCP. */
  readonly isLost?: boolean;
}

export const directions: readonly Direction[] = ['up', 'down'];
