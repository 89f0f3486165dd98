import { type Signal, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter, map } from 'rxjs';

/** Route data of a page that brings a top bar of its own: `data: barePage`. */
export const barePage = { bare: true } as const;

/** Whether the page that is shown brings its own top bar. */
export function injectBarePage(): Signal<boolean> {
  const router = inject(Router);
  return toSignal(
    router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(() => {
        let route = router.routerState.snapshot.root;
        while (route.firstChild) route = route.firstChild;
        // Data of a route without a component of its own is inherited, so the innermost one knows.
        return route.data.bare === true;
      }),
    ),
    { initialValue: false },
  );
}
