import type { BoardKeep, KeptUpdate } from './board-keep';

/** Keeps for as long as the program runs: where there is no IndexedDB, and in tests. */
export class MemoryKeep implements BoardKeep {
  readonly kept = new Map<number, Uint8Array>();
  #next = 1;

  read(): Promise<readonly KeptUpdate[]> {
    return Promise.resolve([...this.kept].map(([key, update]) => ({ key, update })));
  }

  add(update: Uint8Array): Promise<number> {
    const key = this.#next;
    this.#next += 1;
    this.kept.set(key, update);
    return Promise.resolve(key);
  }

  remove(keys: readonly number[]): Promise<void> {
    for (const key of keys) this.kept.delete(key);
    return Promise.resolve();
  }
}
