import type { StorageLike } from '../storage-keep';

/** A Web `Storage` without a browser, which can be full. */
export class MemoryStorage implements StorageLike {
  /** Characters, keys included, that it takes; what is over throws as in a browser. */
  capacity = Infinity;
  readonly #items = new Map<string, string>();

  get length(): number {
    return this.#items.size;
  }

  get values(): readonly string[] {
    return [...this.#items.values()];
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    const others = [...this.#items].filter(([other]) => other !== key);
    const characters = others.reduce((sum, [name, text]) => sum + name.length + text.length, key.length + value.length);
    if (characters > this.capacity) throw new Error('QuotaExceededError');
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#items.delete(key);
  }
}
