/** A clean stop that takes longer than this is given up. */
const LONGEST_STOP_MS = 15_000;
/** One Ctrl-C reaches the server twice, from the terminal and by way of `npm start`, which passes it on. */
const SAME_PRESS_MS = 1_000;

export interface StoppingOptions {
  /** Lets requests under way end and closes the database. */
  readonly close: () => Promise<void>;
  /** Told when that failed. */
  readonly explain: (error: unknown) => void;
  /** Ends the process, whatever is still open. */
  readonly exit: (code: number) => void;
}

/** Ends the server: cleanly when that goes, soon in any case. */
export class Stopping {
  private since: number | undefined;

  constructor(private readonly options: StoppingOptions) {}

  /**
   * Stops once, however often it is called.
   *
   * @param code of the process, when all goes well
   */
  begin(code: number): void {
    if (this.since !== undefined) return;
    this.since = performance.now();
    const { exit } = this.options;
    // It keeps nothing alive, and nothing keeps it from ending what is stuck.
    setTimeout(() => exit(1), LONGEST_STOP_MS).unref();
    void this.close(code).then(exit);
  }

  /** For whoever wants it to stop. The first time it stops cleanly; who asks again does not want to wait. */
  signal(): void {
    if (this.since === undefined) this.begin(0);
    else if (performance.now() - this.since > SAME_PRESS_MS) this.options.exit(1);
  }

  private async close(code: number): Promise<number> {
    try {
      await this.options.close();
      return code;
    } catch (error) {
      this.options.explain(error);
      return 1;
    }
  }
}
