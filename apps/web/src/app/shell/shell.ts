import { Component, computed, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { LucideWifiOff } from '@lucide/angular';
import { SessionStore } from '../session/session-store';
import { AccountMenu } from './account-menu';
import { injectBarePage } from './bare-page';
import { Connectivity } from './connectivity';
import { PageFocus } from './page-focus';
import { ParleyMark } from './parley-mark';
import { ThemeMenu } from './theme-menu';

/** What surrounds every page: the top bar, the way past it, and the state of the network. */
@Component({
  selector: 'parley-shell',
  imports: [AccountMenu, LucideWifiOff, MatButton, ParleyMark, RouterLink, RouterLinkActive, RouterOutlet, ThemeMenu],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
})
export class Shell {
  readonly #router = inject(Router);
  readonly #focus = inject(PageFocus);
  protected readonly user = inject(SessionStore).user;
  protected readonly online = inject(Connectivity).online;
  protected readonly bare = injectBarePage();
  protected readonly navigating = computed(() => this.#router.currentNavigation() !== null);

  constructor() {
    // Whoever sits here next, in whichever tab, sees nothing of what was open.
    inject(SessionStore)
      .signedOut.pipe(takeUntilDestroyed())
      .subscribe(() => void this.#router.navigateByUrl('/'));
  }

  /** A plain `#main` would be resolved against `<base>` and leave the page. */
  protected skip(event: Event): void {
    event.preventDefault();
    this.#focus.toContent();
  }
}
