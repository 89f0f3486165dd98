import { effect, type Signal, signal } from '@angular/core';

/**
 * The time, as a signal that changes when it matters. Call it where `effect` may be called.
 *
 * @param delay milliseconds until the time matters again, asked after every tick; undefined for never
 * @returns milliseconds since the epoch
 */
export function ticking(delay: (now: number) => number | undefined): Signal<number> {
  const now = signal(Date.now());
  effect((onCleanup) => {
    const ms = delay(now());
    if (ms === undefined) return;
    const timer = setTimeout(() => now.set(Date.now()), ms);
    onCleanup(() => clearTimeout(timer));
  });
  return now.asReadonly();
}
