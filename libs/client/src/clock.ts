/** Time, as far as the client needs it. Tests put their own in its place and need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Runs something once, later.
   *
   * @param ms milliseconds, 0 or more
   * @returns takes it back; harmless once it has run
   */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
