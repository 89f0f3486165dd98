import { computed, DOCUMENT, effect, inject, type Signal, signal, untracked, type WritableSignal } from '@angular/core';
import type { CallMode } from '../call/call-room';

/** What a narrow page shows one of at a time. */
export type Panel = 'call' | 'chat' | 'people';

/** Where a narrow page shows one panel at a time. A wide one has room for two. */
const NARROW = '(width < 900px)';

export interface Panels {
  /** What a narrow page shows. */
  readonly panel: Signal<Panel>;
  /** What a wide page shows beside a call. */
  readonly side: Signal<'chat' | 'people'>;
  /** Whether a wide page shows anything beside the stage. */
  readonly sideShown: Signal<boolean>;
  /** Which of chat and people is in view where one of them is. */
  readonly current: Signal<Panel>;
  readonly chatShown: Signal<boolean>;
  readonly peopleShown: Signal<boolean>;
  show(panel: Panel): void;
  togglePeople(): void;
}

/** Which parts of the page are in view. Call it where `effect` may be called. */
export function panels(mode: Signal<CallMode>): Panels {
  const panel = signal<Panel>('chat');
  const side = signal<'chat' | 'people'>('chat');
  const sideShown = signal(true);
  const narrow = matches(NARROW);
  const current = computed<Panel>(() => (narrow() ? panel() : side()));
  const peopleShown = computed(() => sideShown() && (mode() === 'out' || side() === 'people'));
  effect(() => {
    // A call that begins is what one wants to see; when it is over, the chat is there again.
    const inCall = mode() !== 'out';
    untracked(() => {
      if (inCall) panel.set('call');
      else if (panel() === 'call') panel.set('chat');
    });
  });
  const show = (next: Panel): void => {
    panel.set(next);
    if (next === 'call') return;
    side.set(next);
    // Without a call the chat is on the stage.
    if (next === 'people' || mode() !== 'out') sideShown.set(true);
  };
  return {
    panel,
    side,
    sideShown,
    current,
    chatShown: computed(() => (narrow() ? panel() === 'chat' : mode() === 'out' || (sideShown() && side() === 'chat'))),
    peopleShown,
    show,
    togglePeople: () => {
      if (narrow() || !peopleShown()) show('people');
      // In a call the chat is beside the people: without that column nothing would tell of a new message.
      else if (mode() !== 'out') show('chat');
      else sideShown.set(false);
    },
  };
}

function matches(query: string): Signal<boolean> {
  const list = inject(DOCUMENT).defaultView?.matchMedia(query);
  const state: WritableSignal<boolean> = signal(list?.matches === true);
  effect((onCleanup) => {
    const change = (): void => state.set(list?.matches === true);
    list?.addEventListener('change', change);
    onCleanup(() => list?.removeEventListener('change', change));
  });
  return state.asReadonly();
}
