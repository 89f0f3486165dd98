/** One client of a running peer, in the words of that server's own protocol. */
export interface PeerConnection {
  /** Messages of all joined topics that came whole, its own included where the server sends them back. */
  readonly received: number;
  /**
   * When set, told of each message as it came over the wire, whatever the server put around the payload. The bytes are
   * good during the call only. Reading costs: a generator sets it for a sample of its connections.
   */
  onMessage: ((message: Buffer) => void) | undefined;
  /** Resolves when it has ended, with the reason if that was not ours. */
  readonly ended: Promise<string | undefined>;
  /** Bytes that were sent and that the kernel has not taken yet. */
  readonly queuedBytes: number;
  /** Resolves when the server has confirmed it, or can no longer miss it. @throws Error when the server says no */
  join(topic: string): Promise<void>;
  /**
   * Sends a message to a topic that this connection joined. What is published in one turn goes out in one write.
   *
   * @param payload a JSON text
   */
  publish(topic: string, payload: string): void;
  /** Goes away as a page does; resolves when it has. */
  close(): Promise<void>;
}

/** How one talks to a server. */
export interface Dialect {
  /** Opens a connection, with all that the server asks of one before it may join. */
  connect(): Promise<PeerConnection>;
}

export interface PeerOptions {
  /** How many topics are used. */
  readonly topics: number;
  /** Connections in all, so that limits that are meant for other cases are not in the way. */
  readonly connections: number;
  /** Further settings of our server: `NODE_OPTIONS`, or limits that a workload needs lifted. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Another build of our server, inside the workspace. */
  readonly program?: string | undefined;
}

export interface RunningPeer {
  /** The processes that count as this server; with all that they start. */
  readonly pids: readonly number[];
  /** Whether it has a core of its own. */
  readonly pinned: boolean;
  /** What to join, as many as were asked for. */
  readonly topics: readonly string[];
  readonly dialect: Dialect;
  /** Ends it, and all that was started with it. */
  stop(): Promise<void>;
}

/** A server that can carry messages from one to many. */
export interface Peer {
  readonly name: string;
  /** Of the package or program, asked of itself; good once `missing()` has said nothing. */
  readonly version: string;
  /** Why it cannot be started here, in words; `undefined` when it can. */
  missing(): Promise<string | undefined>;
  /** A fresh one, on a free port of the loopback interface. */
  start(options: PeerOptions): Promise<RunningPeer>;
}
