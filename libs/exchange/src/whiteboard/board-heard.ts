import { computed, DestroyRef, effect, ErrorHandler, inject, type Signal, signal, untracked } from '@angular/core';
import type { BoardActions } from '@parley/board';
import { injectChannel, ParleySocket } from '@parley/web-socket';

/** Milliseconds after which somebody has stopped drawing. */
const STILL_MS = 4_000;

/** What one hears of the board without having it on the page: none of its code is needed for this. */
export interface BoardHeard {
  /** userIds of the others who draw just now. */
  readonly drawing: Signal<readonly string[]>;
  /** Something was drawn since the board was in view. */
  readonly news: Signal<boolean>;
  /** How often others said that the exchange's files are others now (W7), or may have while nothing was heard of them. */
  readonly files: Signal<number>;
  /** Tells the others that the exchange's files are others now. */
  tellFiles(): void;
}

/** Joins the board's topic for as long as the current injector lives. */
export function injectBoardHeard(topic: () => string, me: Signal<string>, isShown: Signal<boolean>): BoardHeard {
  const channel = injectChannel<BoardActions>(topic);
  const socket = inject(ParleySocket);
  const errors = inject(ErrorHandler);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const drawing = signal<readonly string[]>([]);
  const fresh = signal(false);
  const files = signal(0);
  const rest = (userId: string): void => {
    clearTimeout(timers.get(userId));
    timers.delete(userId);
    drawing.set([...timers.keys()]);
  };
  const heard = (userId: string): void => {
    const isNew = !timers.has(userId);
    clearTimeout(timers.get(userId));
    timers.set(
      userId,
      setTimeout(() => rest(userId), STILL_MS),
    );
    if (isNew) drawing.set([...timers.keys()]);
  };
  channel.messages.subscribe(({ action, payload, userId, sender }) => {
    if (action === 'board-files' && sender !== socket.connectionId()) files.update((times) => times + 1);
    if (userId === undefined || userId === me()) return;
    if (action === 'board-update') {
      fresh.set(true);
      heard(userId);
    } else if (action === 'board-live' && isDrawing(payload)) heard(userId);
  });
  channel.unsubscriber.subscribe(({ userId }) => rest(userId));
  effect(() => {
    // Nobody says it again to whoever was away.
    if (channel.state() === 'joined') untracked(() => files.update((times) => times + 1));
  });
  effect(() => {
    if (isShown() && fresh()) untracked(() => fresh.set(false));
  });
  inject(DestroyRef).onDestroy(() => {
    for (const timer of timers.values()) clearTimeout(timer);
  });
  return {
    drawing,
    files,
    news: computed(() => fresh() && !isShown()),
    tellFiles: () => {
      // Who is not told now asks for the files with the next joining of the topic.
      channel
        .channel()
        .sendMessage('board-files', {})
        .catch((error: unknown) => errors.handleError(error));
    },
  };
}

/** Whoever may publish may send anything. */
function isDrawing(live: unknown): boolean {
  return typeof live === 'object' && live !== null && ('ink' in live || 'drafts' in live);
}
