/** Whether someone wants something, remembered for this browser; the device and not the account is what differs. */
export class Remembered {
  private value: boolean;

  /** @param storage `localStorage`, or undefined where the browser forbids it */
  constructor(
    private readonly name: string,
    private readonly storage: Storage | undefined,
    byDefault: boolean,
  ) {
    const kept = storage?.getItem(this.key) ?? null;
    this.value = kept === null ? byDefault : kept === 'yes';
  }

  read(): boolean {
    return this.value;
  }

  write(value: boolean): void {
    this.value = value;
    try {
      this.storage?.setItem(this.key, value ? 'yes' : 'no');
    } catch {
      // The quota is full: it holds for this visit, and next time the older wish is asked for again.
    }
  }

  private get key(): string {
    return `parley:call:${this.name}`;
  }
}

/** The browser's own, or undefined where it forbids it: a call works without memory. */
export function browserStorage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    // Forbidden by a setting of the browser.
    return undefined;
  }
}
