import { DOCUMENT, Injectable, effect, inject, signal } from '@angular/core';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

// public/theme.js reads the same key before the first paint.
const STORAGE_KEY = 'parley.theme';
const barColours = { light: '#fbf9f5', dark: '#0f1a1c' } as const;

/** The look that this person chose on this device; `system` follows the operating system. */
@Injectable({ providedIn: 'root' })
export class ThemeStore {
  readonly #document = inject(DOCUMENT);
  readonly #theme = signal<Theme>(this.#remembered());
  readonly theme = this.#theme.asReadonly();

  constructor() {
    effect(() => this.#apply(this.#theme()));
  }

  choose(theme: Theme): void {
    this.#theme.set(theme);
    try {
      if (theme === 'system') this.#storage?.removeItem(STORAGE_KEY);
      else this.#storage?.setItem(STORAGE_KEY, theme);
    } catch {
      // Storage is blocked or full: the choice holds until the page is closed, which is all that can be done.
    }
  }

  get #storage(): Storage | undefined {
    return this.#document.defaultView?.localStorage;
  }

  #remembered(): Theme {
    try {
      const stored = this.#storage?.getItem(STORAGE_KEY);
      return themes.find((theme) => theme === stored) ?? 'system';
    } catch {
      // Reading a blocked storage throws; the system's theme is the honest default.
      return 'system';
    }
  }

  #apply(theme: Theme): void {
    const root = this.#document.documentElement;
    if (theme === 'system') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', theme);
    for (const bar of this.#document.querySelectorAll('meta[name="theme-color"]')) {
      const own = bar.getAttribute('media')?.includes('dark') ? 'dark' : 'light';
      bar.setAttribute('content', barColours[theme === 'system' ? own : theme]);
    }
  }
}
