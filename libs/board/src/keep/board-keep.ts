/** An own update that the server has not acknowledged, as it outlives the page. */
export interface KeptUpdate {
  readonly key: number;
  readonly update: Uint8Array;
}

/**
 * Where the own updates of one board outlive the page, for one user. Any window of theirs may take them up: the same update
 * twice is harmless. Every method may reject; the board reports it and goes on in memory.
 */
export interface BoardKeep {
  read(): Promise<readonly KeptUpdate[]>;
  add(update: Uint8Array): Promise<number>;
  remove(keys: readonly number[]): Promise<void>;
}
