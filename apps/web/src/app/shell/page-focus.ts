import { DOCUMENT, Injectable, Injector, afterNextRender, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { filter } from 'rxjs';

/**
 * After a navigation the focus would stay on a link that is gone. It goes to the new page's heading instead, so that a
 * screen reader says where one is and Tab goes on from there. The first page keeps the browser's own start.
 */
@Injectable({ providedIn: 'root' })
export class PageFocus {
  readonly #document = inject(DOCUMENT);
  readonly #injector = inject(Injector);
  #path: string | undefined;

  constructor() {
    inject(Router)
      .events.pipe(
        filter((event) => event instanceof NavigationEnd),
        takeUntilDestroyed(),
      )
      .subscribe(({ urlAfterRedirects }) => {
        const [path] = urlAfterRedirects.split(/[?#]/);
        const first = this.#path === undefined;
        if (!first && path !== this.#path) afterNextRender(() => this.toContent(), { injector: this.#injector });
        this.#path = path;
      });
  }

  /** Moves the focus to the page's heading, or to its main region where it has none yet. */
  toContent(): void {
    const main = this.#document.querySelector('main');
    // A page that puts the focus somewhere useful itself, into its first field for example, knows better.
    if (main?.contains(this.#document.activeElement) && this.#document.activeElement !== main) return;
    const heading = main?.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    (heading ?? main)?.focus({ preventScroll: true });
  }
}
