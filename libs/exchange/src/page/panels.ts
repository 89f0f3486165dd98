import { computed, DOCUMENT, effect, inject, type Signal, signal, untracked, type WritableSignal } from '@angular/core';
import type { CallMode } from '../call/call-room';

/** The parts of the page: a narrow one shows one of them at a time. */
export type Panel = 'call' | 'board' | 'chat' | 'people' | 'files';
/** What a wide page shows in its middle. */
export type Stage = 'call' | 'board' | 'chat';
/** What a wide page shows beside that. */
export type Side = 'chat' | 'people' | 'files';

/** Where a narrow page shows one panel at a time. A wide one has room for two. */
const NARROW = '(width < 900px)';

export interface Panels {
  /** What a narrow page shows. */
  readonly panel: Signal<Panel>;
  /** What a wide page shows in its middle: the board when asked for it, else the call, else the chat. */
  readonly stage: Signal<Stage>;
  /** What a wide page shows beside it. */
  readonly side: Signal<Side>;
  /** Whether a wide page shows anything beside the stage. */
  readonly sideShown: Signal<boolean>;
  /** What is in view, on the stage or beside it. */
  readonly shown: Signal<ReadonlySet<Panel>>;
  readonly isNarrow: Signal<boolean>;
  /** Brings a part into view, beside the stage where it can be there. */
  show(panel: Panel): void;
  setStage(stage: Stage): void;
  togglePeople(): void;
}

/** Which parts of the page are in view. Call it where `effect` may be called. */
export function panels(mode: Signal<CallMode>): Panels {
  const panel = signal<Panel>('chat');
  const board = signal(false);
  const wanted = signal<Side>('chat');
  const sideShown = signal(true);
  const narrow = matches(NARROW);
  const stage = computed<Stage>(() => (board() ? 'board' : mode() === 'out' ? 'chat' : 'call'));
  // The chat is not shown twice.
  const side = computed<Side>(() => (wanted() === 'chat' && stage() === 'chat' ? 'people' : wanted()));
  const shown = computed<ReadonlySet<Panel>>(
    () => new Set<Panel>(narrow() ? [panel()] : sideShown() ? [stage(), side()] : [stage()]),
  );
  let wasBoard = false;
  let before: CallMode = 'out';
  effect(() => {
    // A call that begins is what one wants to see; who came from the board is there again once they have joined.
    const now = mode();
    untracked(() => {
      if (before === 'out' && now !== 'out') wasBoard = narrow() ? panel() === 'board' : board();
      if (now === 'out') {
        if (panel() === 'call') panel.set(wasBoard && before === 'lobby' ? 'board' : 'chat');
        if (wasBoard && before === 'lobby') board.set(true);
      } else {
        const isBack = now === 'in' && before === 'lobby' && wasBoard;
        panel.set(isBack ? 'board' : 'call');
        board.set(isBack);
      }
      before = now;
    });
  });
  const show = (next: Panel): void => {
    panel.set(next);
    if (next === 'board' || next === 'call') board.set(next === 'board');
    else if (next !== stage()) {
      wanted.set(next);
      sideShown.set(true);
    }
  };
  return {
    panel,
    stage,
    side,
    sideShown,
    shown,
    isNarrow: narrow,
    show,
    setStage: (next) => {
      panel.set(next);
      board.set(next === 'board');
    },
    togglePeople: () => {
      if (!shown().has('people')) show('people');
      // Beside the board or a call is the chat: without that column nothing would tell of a new message.
      else if (stage() !== 'chat') show('chat');
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
