/** The newest values that were added, up to a number of them. */
export class Recent<T> {
  readonly #limit: number;
  /** A Set keeps the order in which values came. */
  readonly #values = new Set<T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns whether it is new */
  add(value: T): boolean {
    if (this.#values.has(value)) return false;
    this.#values.add(value);
    if (this.#values.size > this.#limit) {
      const [oldest] = this.#values;
      if (oldest !== undefined) this.#values.delete(oldest);
    }
    return true;
  }

  clear(): void {
    this.#values.clear();
  }
}
