import { effect, type Signal, signal, untracked } from '@angular/core';

/**
 * What `read` gives, at most once in a while: for what need not follow every frame. Call it where `effect` may be called.
 *
 * @param milliseconds between two times that it is read
 */
export function settled<T>(read: () => T, milliseconds: number): Signal<T | undefined> {
  const value = signal<T | undefined>(undefined);
  let last = Number.NEGATIVE_INFINITY;
  effect((onCleanup) => {
    const next = read();
    const set = (): void => {
      last = performance.now();
      untracked(() => value.set(next));
    };
    const wait = last + milliseconds - performance.now();
    if (wait <= 0) set();
    else {
      const timer = setTimeout(set, wait);
      onCleanup(() => clearTimeout(timer));
    }
  });
  return value.asReadonly();
}
