import { DOCUMENT, Injectable, inject } from '@angular/core';
import { Subject } from 'rxjs';

/** Begins the key of everything that this app keeps in a tab's `sessionStorage`: drafts, and messages that wait. */
const PREFIX = 'parley:';

/** On which the tabs of this app tell each other that their user signed out. */
const CHANNEL = 'parley:signed-out';

/** What people wrote and the server does not have yet. It outlives a page, and must not outlive a sign-out, in any tab. */
@Injectable({ providedIn: 'root' })
export class TabMemory {
  readonly #view = inject(DOCUMENT).defaultView;
  readonly #others =
    this.#view === null || !('BroadcastChannel' in this.#view) ? undefined : new BroadcastChannel(CHANNEL);

  readonly #forgotten = new Subject<void>();

  /** Another tab said that their user signed out; nothing is kept here any more. */
  readonly forgotten = this.#forgotten.asObservable();

  constructor() {
    this.#others?.addEventListener('message', () => {
      this.#clear();
      this.#forgotten.next();
    });
  }

  /** Forgets it, here and in the other tabs. */
  forget(): void {
    this.#clear();
    this.#others?.postMessage(null);
  }

  #clear(): void {
    const storage = this.#storage();
    if (storage === undefined) return;
    for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
  }

  #storage(): Storage | undefined {
    try {
      return this.#view?.sessionStorage;
    } catch {
      // The browser forbids it, so nothing was kept either.
      return undefined;
    }
  }
}
