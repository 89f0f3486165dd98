const KEY = 'parley:stage';

/** Remembers, for this tab, whether the board was on the stage: who reloads it finds it there. */
export class StageMark {
  /** @param storage `sessionStorage`, or undefined where the browser forbids it */
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined) {}

  wasBoard(exchange: string): boolean {
    return this.storage?.getItem(KEY) === exchange;
  }

  set(exchange: string, isBoard: boolean): void {
    try {
      if (isBoard) this.storage?.setItem(KEY, exchange);
      else if (this.wasBoard(exchange)) this.storage?.removeItem(KEY);
    } catch {
      // The quota is full: then one turns to the board by hand.
    }
  }
}
