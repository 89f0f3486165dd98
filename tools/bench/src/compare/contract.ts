/** Milliseconds, over all deliveries of one repetition, measured by one clock: the generator's. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** The figures of one repetition: what happened after the warm-up and before the end. */
export interface Sample {
  /** How long was measured. */
  readonly seconds: number;
  /** What arrived: messages at their readers, answers, rows, connections; the workload says which. */
  readonly deliveries: number;
  /** `deliveries` a second of wall time. */
  readonly perSecond: number;
  /** `deliveries` a CPU second of the server. */
  readonly perCpuSecond: number;
  /** CPU seconds, user and system, of all processes of the server. */
  readonly serverCpu: number;
  /** CPU seconds of the load generator over the same time; near `seconds`, it was what was measured. */
  readonly generatorCpu: number;
  readonly latency?: Latency | undefined;
  /** Bytes of the server's memory for each connection. */
  readonly memoryPerConnection?: number | undefined;
  /** Other figures of the workload, by name: `databaseCpu`. */
  readonly extra?: Readonly<Record<string, number>> | undefined;
  /** Whether server and generator had a core each; left out, the comparison does not say. */
  readonly pinned?: boolean | undefined;
}

/** Something that can do a workload: our server, or what a user would pick instead. */
export interface Contender<O> {
  readonly name: string;
  /** Of the package or program; of ours, that of the workspace. May be asked after `missing()` said nothing. */
  readonly version: string;
  /** Why it cannot run on this machine, in words; `undefined` when it can. */
  missing(): Promise<string | undefined>;
  /**
   * One repetition, with a fresh server that is gone when this resolves or rejects, a warm-up that does not count, and
   * a check that everything that was due arrived.
   * @throws Error when it did not
   */
  measure(options: O): Promise<Sample>;
}
