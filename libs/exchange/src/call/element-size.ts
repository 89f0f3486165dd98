import { DestroyRef, ElementRef, inject, type Signal, signal } from '@angular/core';
import type { Size } from './tile-places';

/** The inner size of the component's element, as a signal. Call it where one may inject. */
export function elementSize(of: (host: HTMLElement) => HTMLElement = (host) => host): {
  readonly size: Signal<Size>;
  observe(): void;
} {
  const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const size = signal<Size>(
    { width: 0, height: 0 },
    { equal: (one, other) => one.width === other.width && one.height === other.height },
  );
  const observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined) size.set({ width: entry.contentRect.width, height: entry.contentRect.height });
  });
  inject(DestroyRef).onDestroy(() => observer.disconnect());
  return { size: size.asReadonly(), observe: () => observer.observe(of(host)) };
}
