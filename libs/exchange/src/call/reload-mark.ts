/** Milliseconds after which a page that is opened again is another visit. */
const RELOAD_MS = 60_000;

/**
 * Remembers, for this tab, that its page went away in the middle of a call: whoever reloads wants to be back in it, and
 * whoever finds the tab again tomorrow does not want to be heard.
 */
export class ReloadMark {
  private readonly key: string;

  /**
   * @param storage `sessionStorage`, or undefined where the browser forbids it
   * @param reloaded whether this page was reloaded: who comes from elsewhere joins by hand
   */
  constructor(
    topic: string,
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined,
    private readonly reloaded: boolean,
  ) {
    this.key = `parley:call:left:${topic}`;
  }

  set(now: number): void {
    try {
      this.storage?.setItem(this.key, String(now));
    } catch {
      // The quota is full: then one joins by hand.
    }
  }

  /** Whether it was set a moment ago; once. */
  take(now: number): boolean {
    const at = Number(this.storage?.getItem(this.key) ?? NaN);
    this.storage?.removeItem(this.key);
    return this.reloaded && at <= now && now - at < RELOAD_MS;
  }
}

/** Whether this page was loaded by reloading it (Navigation Timing). */
export function wasReloaded(): boolean {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation !== undefined && 'type' in navigation && navigation.type === 'reload';
}
