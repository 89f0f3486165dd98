export interface StoredOptions {
  /** What is measured, after a warm-up. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** For each way of inserting many rows that is tried before the first repetition. */
  readonly trialSeconds: number;
  readonly topics: number;
  readonly connectionsPerTopic: number;
  /** Messages that one connection sends ahead of their acks. */
  readonly inFlight: number;
  /** Another build of the server. */
  readonly program?: string | undefined;
  /** A folder for CPU profiles of the server. */
  readonly profile?: string | undefined;
  /** Told what goes on, for whoever waits. */
  readonly progress: (line: string) => void;
}
