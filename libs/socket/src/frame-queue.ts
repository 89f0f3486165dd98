/**
 * One connection's frames, handled one after the other in the order in which they came (S5). Bounded: past `limit`
 * waiting frames the socket is not read until the queue is empty again, so the sender's own TCP window holds it back.
 */
export class FrameQueue {
  private waiting: string[] = [];
  private busy = false;
  private paused = false;
  private closed = false;

  /** @param handle a promise for a frame that the next one has to wait for; neither throws nor rejects */
  constructor(
    private readonly limit: number,
    private readonly handle: (frame: string) => Promise<void> | undefined,
    private readonly socket: { pause(): void; resume(): void },
  ) {}

  push(frame: string): void {
    if (this.closed) return;
    if (!this.busy) {
      // Nearly every frame: it asks nobody, and the next one need not wait.
      const work = this.handle(frame);
      if (work !== undefined) void this.run(work);
      return;
    }
    this.waiting.push(frame);
    if (!this.paused && this.waiting.length >= this.limit) {
      this.paused = true;
      this.socket.pause();
    }
  }

  /** Drops what waits; what is being handled ends by itself. */
  close(): void {
    this.closed = true;
    this.waiting = [];
  }

  private async run(first: Promise<void>): Promise<void> {
    this.busy = true;
    await first;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      for (const frame of batch) {
        if (this.closed) return;
        const work = this.handle(frame);
        if (work !== undefined) await work;
      }
      this.read();
    }
    this.busy = false;
  }

  private read(): void {
    if (!this.paused || this.waiting.length >= this.limit) return;
    this.paused = false;
    this.socket.resume();
  }
}
