import { DestroyRef, DOCUMENT, inject } from '@angular/core';
import { isWriting, type PressedKey } from '../page/page-keys';
import type { OwnMedia } from './own-media';

/** What a key asks of one's own devices. */
export type CallCommand = 'microphone' | 'camera';

/** Ctrl or Cmd with D or E, also while writing. */
export function callCommand({
  key,
  altKey,
  ctrlKey,
  metaKey,
  shiftKey,
  isComposing,
}: PressedKey): CallCommand | undefined {
  if (isComposing || altKey || shiftKey || ctrlKey === metaKey) return undefined;
  const letter = key.toLowerCase();
  return letter === 'd' ? 'microphone' : letter === 'e' ? 'camera' : undefined;
}

/** Whether Space is free here to talk with: it writes in a field, and presses a button. */
export function isFreeForTalking(target: EventTarget | null): boolean {
  if (isWriting(target)) return false;
  return !(
    target instanceof Element && target.closest('button, input, a, summary, label, [role=menu], dialog, [role=dialog]')
  );
}

/** The keys of a call, for as long as the injector lives. Call it where one may inject. */
export function listenForCallKeys(own: () => OwnMedia): void {
  const document = inject(DOCUMENT);
  const stop = new AbortController();
  const { signal } = stop;
  const down = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const command = callCommand(event);
    if (command !== undefined) {
      event.preventDefault();
      if (!event.repeat) own().toggle(command);
    } else if (event.key === ' ' && !event.isComposing && isFreeForTalking(event.target)) {
      // Without it the page would scroll while one talks.
      if (own().own().microphone !== 'none' && !own().wants('microphone')) event.preventDefault();
      if (!event.repeat) own().press(true);
    }
  };
  const release = (): void => own().press(false);
  document.addEventListener('keydown', down, { signal });
  document.addEventListener('keyup', (event) => event.key === ' ' && release(), { signal });
  // The key may be let go where this page does not see it.
  document.defaultView?.addEventListener('blur', release, { signal });
  document.addEventListener('visibilitychange', release, { signal });
  inject(DestroyRef).onDestroy(() => {
    stop.abort();
    release();
  });
}
