/**
 * Remembers, for this browser, that something drawn on a board is not saved yet: whoever opens the meeting again has it sent,
 * without having to look at the board first (W4). What it is lies elsewhere.
 */
export class UnsavedMark {
  /** @param storage `localStorage`, or undefined where the browser forbids it */
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined) {}

  isSet(userId: string, exchange: string): boolean {
    return this.storage?.getItem(keyOf(userId, exchange)) != null;
  }

  set(userId: string, exchange: string, isUnsaved: boolean): void {
    if (isUnsaved === this.isSet(userId, exchange)) return;
    try {
      if (isUnsaved) this.storage?.setItem(keyOf(userId, exchange), 'yes');
      else this.storage?.removeItem(keyOf(userId, exchange));
    } catch {
      // The quota is full: then it is sent when the board is in view again.
    }
  }
}

function keyOf(userId: string, exchange: string): string {
  return `parley:board:unsaved:${userId}:${exchange}`;
}
