import {
  DestroyRef,
  DOCUMENT,
  effect,
  ErrorHandler,
  inject,
  type Signal,
  signal,
  computed,
  untracked,
} from '@angular/core';
import { Board, type BoardActions, IndexedDbKeep } from '@parley/board';
import type { Exchange } from '@parley/protocol';
import { ParleySocket } from '@parley/web-socket';
import { statusOf } from '../page/exchange-api';
import { BoardApi } from './board-api';
import { BoardEditor } from './editor/board-editor';
import { fontOf } from './paint/words-layout';

/** The board of an exchange for its page. */
export interface OpenBoard {
  readonly editor: Signal<BoardEditor>;
  /** Forgets own changes that were not saved, and opens the board as everyone has it. */
  discard(): Promise<void>;
}

/**
 * Opens the board of an exchange for as long as the current injector lives.
 *
 * @param closed whether nothing can be drawn any more
 */
export function injectBoard(exchange: Signal<Exchange>, me: Signal<string>, closed: Signal<boolean>): OpenBoard {
  const socket = inject(ParleySocket);
  const api = inject(BoardApi);
  const errors = inject(ErrorHandler);
  const measure = measurer(inject(DOCUMENT));
  const topic = computed(() => exchange().topics.whiteboard);
  const id = computed(() => exchange().id);
  const times = signal(0);
  const editor = computed(() => {
    times();
    const exchangeId = id();
    const session = new Board({
      channel: socket.channel<BoardActions>(topic()),
      me: me(),
      connectionId: () => untracked(() => socket.connectionId()),
      fetchState: (after) => api.read(exchangeId, after),
      keep: new IndexedDbKeep(me(), topic()),
      report: (error) => {
        // No answer is what a broken network looks like: the board says that it waits.
        if (!isUnanswered(error)) errors.handleError(error);
      },
    });
    return untracked(() => new BoardEditor({ session, measure, closed }));
  });
  let open: BoardEditor | undefined;
  const close = (): void => {
    open?.close();
    open?.session.close();
    open = undefined;
  };
  effect(() => {
    const next = editor();
    untracked(() => {
      close();
      open = next;
      next.session.open();
    });
  });
  inject(DestroyRef).onDestroy(close);
  return {
    editor,
    discard: async () => {
      await editor().session.discard();
      times.update((before) => before + 1);
    },
  };
}

function isUnanswered(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && statusOf(error) === 0;
}

/** Measures with the letters that the board is painted with. */
function measurer(document: Document): (text: string, size: number) => number {
  let context: CanvasRenderingContext2D | null | undefined;
  return (text, size) => {
    context ??= document.createElement('canvas').getContext('2d');
    if (!context) return text.length * size * 0.5;
    context.font = fontOf(size);
    return context.measureText(text).width;
  };
}
