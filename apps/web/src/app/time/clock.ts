import { DestroyRef, Injectable, inject, signal } from '@angular/core';

const TICK_MS = 5_000;

/** The present, as a signal that moves on every five seconds: enough for everything that counts in minutes. */
@Injectable({ providedIn: 'root' })
export class Clock {
  readonly #now = signal(Date.now());
  /** Milliseconds since 1970, UTC. */
  readonly now = this.#now.asReadonly();

  constructor() {
    const timer = setInterval(() => this.#now.set(Date.now()), TICK_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
