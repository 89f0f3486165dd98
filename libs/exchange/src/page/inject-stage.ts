import { computed, DestroyRef, effect, inject, linkedSignal, type Signal, signal, untracked } from '@angular/core';
import type { Exchange, ExchangeFile } from '@parley/protocol';
import type { CallMode } from '../call/call-room';
import { ExchangeFiles } from '../files/exchange-files';
import { FilesApi } from '../files/files-api';
import { type BoardHeard, injectBoardHeard } from '../whiteboard/board-heard';
import { browserStorage } from '../call/remembered';
import { UnsavedMark } from '../whiteboard/unsaved-mark';
import { type Panel, panels, type Panels } from './panels';
import { StageMark } from './stage-mark';
import { tabStorage } from './tab-storage';

/** The board and the files of an exchange, and which parts of its page are in view. */
export interface InjectedStage {
  readonly layout: Panels;
  readonly heard: BoardHeard;
  readonly files: Signal<ExchangeFiles>;
  /**
   * From the first time on that the board was in view or aimed at, or at once where something on it is not saved yet: it is
   * loaded and opened then.
   */
  readonly boardWanted: Signal<boolean>;
  readonly filesWanted: Signal<boolean>;
  /** What the tabs lead to, on a page of this width. */
  readonly tabs: Signal<readonly Panel[]>;
  /** What a wide page can have in its middle. */
  readonly stages: Signal<readonly Panel[]>;
  /** What it has there. */
  readonly onStage: Signal<ReadonlySet<Panel>>;
  /** A part of the page may be chosen next. */
  aimed(panel: Panel): void;
  /** A file that is to be put on the board as soon as that is there. */
  readonly placing: Signal<ExchangeFile | undefined>;
  place(file: ExchangeFile): void;
  placed(): void;
}

/** Call it where `effect` may be called. The exchange's inputs are read later. */
export function injectStage(exchange: Signal<Exchange>, me: Signal<string>, mode: Signal<CallMode>): InjectedStage {
  const api = inject(FilesApi);
  const id = computed(() => exchange().id);
  const mark = new StageMark(tabStorage());
  const layout = panels(mode);
  const isBoardShown = computed(() => layout.shown().has('board'));
  const heard = injectBoardHeard(() => exchange().topics.whiteboard, me, isBoardShown);
  const files = computed(() => new ExchangeFiles({ api, exchangeId: id(), tellOthers: () => heard.tellFiles() }));
  const placing = signal<ExchangeFile | undefined>(undefined);
  const unsaved = new UnsavedMark(browserStorage());
  const isAimedAt = signal(false);
  const boardWanted = everTrue(computed(() => isBoardShown() || isAimedAt() || unsaved.isSet(me(), id())));
  const filesWanted = everTrue(computed(() => layout.shown().has('files')));
  effect(() => {
    // Where it was before a reload, that is.
    const isBoard = mark.wasBoard(id());
    untracked(() => {
      if (isBoard) layout.setStage('board');
    });
  });
  effect(() => mark.set(id(), layout.stage() === 'board'));
  effect(() => {
    heard.files();
    if (filesWanted()) void files().refresh();
  });
  let before: ExchangeFiles | undefined;
  effect(() => {
    before?.close();
    before = files();
  });
  inject(DestroyRef).onDestroy(() => before?.close());
  const inCall = computed(() => mode() !== 'out');
  return {
    layout,
    heard,
    files,
    boardWanted,
    filesWanted,
    tabs: computed(() => {
      if (layout.isNarrow())
        return [inCall() ? 'call' : 'chat', 'board', ...(inCall() ? ['chat' as const] : []), 'people', 'files'];
      return layout.stage() === 'chat' ? ['people', 'files'] : ['chat', 'people', 'files'];
    }),
    onStage: computed(() => new Set([layout.stage()])),
    stages: computed(() => [inCall() ? 'call' : 'chat', 'board']),
    aimed: (panel) => {
      if (panel === 'board') isAimedAt.set(true);
    },
    placing,
    place: (file) => {
      placing.set(file);
      layout.setStage('board');
    },
    placed: () => placing.set(undefined),
  };
}

function everTrue(now: Signal<boolean>): Signal<boolean> {
  return linkedSignal<boolean, boolean>({
    source: now,
    computation: (is, previous) => is || previous?.value === true,
  }).asReadonly();
}
