import { DestroyRef, DOCUMENT, ElementRef, inject } from '@angular/core';

/**
 * Keeps the component's host above a phone's on-screen keyboard: `--page-height` and `--page-top` follow what can be
 * seen. `dvh` alone does not, it ignores the keyboard (CSS Values 4 §6.1.2.2). Call it in a constructor.
 */
export function stayAboveKeyboard(): void {
  const { style } = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const viewport = inject(DOCUMENT).defaultView?.visualViewport;
  if (!viewport) return;
  const follow = (): void => {
    // Someone who has zoomed in sees a part of the page, which has to stay where it is.
    if (viewport.scale > 1.01) return;
    style.setProperty('--page-height', `${viewport.height}px`);
    style.setProperty('--page-top', `${viewport.offsetTop}px`);
  };
  follow();
  viewport.addEventListener('resize', follow);
  viewport.addEventListener('scroll', follow);
  inject(DestroyRef).onDestroy(() => {
    viewport.removeEventListener('resize', follow);
    viewport.removeEventListener('scroll', follow);
  });
}
