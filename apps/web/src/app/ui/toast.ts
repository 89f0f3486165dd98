import { Injectable, Injector, inject } from '@angular/core';

const SHOWN_MS = 6_000;

/** A sentence at the bottom of the page that goes away by itself and is read out. Its code loads when first used. */
@Injectable({ providedIn: 'root' })
export class Toast {
  readonly #injector = inject(Injector);

  async show(text: string): Promise<void> {
    const { MatSnackBar, MatSnackBarConfig } = await import('@angular/material/snack-bar');
    this.#injector.get(MatSnackBar).open(text, 'Close', Object.assign(new MatSnackBarConfig(), { duration: SHOWN_MS }));
  }
}
