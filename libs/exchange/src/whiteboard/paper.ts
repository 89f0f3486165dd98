import { DestroyRef, DOCUMENT, inject, type Signal, signal } from '@angular/core';
import type { Paper } from '@parley/board';

/** What the page's theme makes of endless paper, for as long as the current injector lives. */
export function injectPaper(): Signal<Paper> {
  const document = inject(DOCUMENT);
  const dark = document.defaultView?.matchMedia('(prefers-color-scheme: dark)');
  const now = (): Paper => {
    const chosen = document.documentElement.getAttribute('data-theme');
    return chosen === 'dark' || (chosen !== 'light' && dark?.matches === true) ? 'dark' : 'light';
  };
  const paper = signal<Paper>(now());
  const change = (): void => paper.set(now());
  const themes = new MutationObserver(change);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  dark?.addEventListener('change', change);
  inject(DestroyRef).onDestroy(() => {
    themes.disconnect();
    dark?.removeEventListener('change', change);
  });
  return paper.asReadonly();
}
