export interface RecurringWork {
  readonly everyMs: number;
  readonly work: () => Promise<void>;
  /** Told the first time that the work fails, and not again before it has succeeded. */
  readonly onTrouble: (error: unknown) => void;
}

/** Does something again and again, from now until it is stopped, and never twice at a time. Keeps no process alive. */
export class Recurring {
  private readonly timer: NodeJS.Timeout;
  private busy = false;
  private failing = false;

  constructor(private readonly options: RecurringWork) {
    this.timer = setInterval(() => void this.once(), options.everyMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async once(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.options.work();
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.options.onTrouble(error);
      this.failing = true;
    } finally {
      this.busy = false;
    }
  }
}
