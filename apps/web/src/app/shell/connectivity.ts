import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';

/** Whether this device has a network at all. `true` promises nothing about the server. */
@Injectable({ providedIn: 'root' })
export class Connectivity {
  readonly #online = signal(true);
  readonly online = this.#online.asReadonly();

  constructor() {
    const view = inject(DOCUMENT).defaultView;
    if (!view) return;
    const look = () => this.#online.set(view.navigator.onLine);
    view.addEventListener('online', look);
    view.addEventListener('offline', look);
    inject(DestroyRef).onDestroy(() => {
      view.removeEventListener('online', look);
      view.removeEventListener('offline', look);
    });
    look();
  }
}
