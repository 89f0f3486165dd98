/** What is wrong with what somebody was told after coming back; all 0 when nothing is. */
export interface ReturnFaults {
  readonly missing: number;
  readonly twice: number;
  readonly disordered: number;
  /** Whoever was told that not everything could be replayed. */
  readonly unrecovered: number;
}

/** Someone in a topic whose connection breaks, and who comes back for what was said meanwhile. */
export interface Absentee {
  /** The network is gone; nobody says goodbye. */
  cut(): Promise<void>;
  /** Resolves when as many messages have come as were missed, or never will. */
  comeBack(missed: number): Promise<void>;
  /**
   * Looks at what came since it was back, and goes on from there.
   *
   * @param ids of what was said meanwhile, in order
   * @throws Error for a connection that ended, or an answer that was an error
   */
  check(ids: readonly string[]): ReturnFaults;
  leave(): void;
}

/** Someone who stays in a topic. */
export interface Voice {
  /** Says so many things at once. @returns their ids, when all are acknowledged */
  say(count: number): Promise<readonly string[]>;
  leave(): void;
}

export interface Gathering {
  readonly voice: Voice;
  readonly absentees: readonly Absentee[];
}

/** A running server with people in topics, one gathering for each. */
export interface Reunion {
  readonly pids: readonly number[];
  readonly helpers: readonly number[];
  readonly pinned: boolean;
  readonly gatherings: readonly Gathering[];
  /** How many connections the server has, itself asked. */
  connections(): Promise<number>;
  stop(): Promise<void>;
}

/** Compares what was said with what came, both by id. */
export function faultsOf(
  said: readonly string[],
  came: readonly string[],
): Pick<ReturnFaults, 'missing' | 'twice' | 'disordered'> {
  const seen = new Set(came);
  return {
    missing: said.filter((id) => !seen.has(id)).length,
    twice: came.length - seen.size,
    disordered: came.filter((id, index) => id !== said[index]).length,
  };
}
