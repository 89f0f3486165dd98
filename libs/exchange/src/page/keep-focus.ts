import { DOCUMENT, effect, inject, type Signal } from '@angular/core';
import type { CallMode } from '../call/call-room';

/**
 * Who stood in what is gone now, the lobby or the call, goes on at the way back into it. Call it where `effect` may be
 * called.
 */
export function keepFocus(mode: Signal<CallMode>, focusCall: () => void): void {
  const document = inject(DOCUMENT);
  let before: CallMode = 'out';
  effect(() => {
    const now = mode();
    if (now === 'out' && before !== 'out') {
      // What is not shown yet cannot take the focus.
      requestAnimationFrame(() => {
        if (document.activeElement === null || document.activeElement === document.body) focusCall();
      });
    }
    before = now;
  });
}
