import type { Clock } from '@parley/client';

/** Milliseconds in which whoever asks is gathered into one answer. */
const GATHER_MS = 500;

/** Those who ask who is in the call. However often they do, everyone is answered twice a second at most. */
export class Askers {
  /** userIds by connectionId. */
  private waiting = new Map<string, string>();
  private stop: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly answer: (askers: ReadonlyMap<string, string>) => void,
  ) {}

  ask(connectionId: string, userId: string): void {
    this.waiting.set(connectionId, userId);
    // The first one at once: it is mostly the only one.
    if (this.stop === undefined) this.tell();
  }

  close(): void {
    this.stop?.();
    this.stop = undefined;
    this.waiting.clear();
  }

  private tell(): void {
    const askers = this.waiting;
    this.waiting = new Map();
    this.stop = this.clock.after(GATHER_MS, () => {
      this.stop = undefined;
      if (this.waiting.size > 0) this.tell();
    });
    this.answer(askers);
  }
}
