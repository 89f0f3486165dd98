import type { Observable } from 'rxjs';
import type { BoardPage, NewPage } from './page';
import type { NewShape, Shape, ShapeChange } from './shape';

/** Shapes that are others now, and whose doing it was. */
export interface SceneChange {
  readonly shapes: ReadonlyMap<string, { readonly before?: Shape; readonly after?: Shape }>;
  /** `pages()` is another list now. */
  readonly pages: boolean;
  /** Done in this window, undo and redo included. */
  readonly own: boolean;
}

export interface SceneHistory {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export type Move = 'front' | 'forward' | 'backward' | 'back';

/**
 * What is on a board. It knows no renderer and no network. Each command is one step for undo, which takes back what was done
 * in this window and nobody else's work. A command on what is not there (any more) does nothing; locks are for whoever calls.
 */
export interface BoardScene {
  /** After each change, once a transaction. */
  readonly changes: Observable<SceneChange>;
  /** Replayed to late observers. */
  readonly history: Observable<SceneHistory>;
  /** In their order; the endless first page is always there. */
  pages(): readonly BoardPage[];
  page(id: string): BoardPage | undefined;
  /** In the order in which they are drawn: highlighters lowest, then by `z`. The same list as long as nothing changed. */
  shapes(page: string): readonly Shape[];
  shape(id: string): Shape | undefined;
  /** Shapes of all pages. */
  readonly size: number;

  /** @returns their ids; fewer where the board is full or something is no shape */
  add(shapes: readonly NewShape[]): readonly string[];
  change(changes: ReadonlyMap<string, ShapeChange>): void;
  /** Merges with what others write in the same words at the same time. Quick successions are one step for undo. */
  setWords(id: string, words: string): void;
  remove(ids: Iterable<string>): void;
  /** Puts them above or below others of their page; they keep their order among themselves. */
  reorder(ids: Iterable<string>, move: Move): void;
  /** Removes everything on a page. */
  clear(page: string): void;

  /** @returns their ids; fewer where there are too many */
  addPages(pages: readonly NewPage[]): readonly string[];
  /** With what is on it. The first page stays. */
  removePage(id: string): void;
  setLocked(page: string, locked: boolean): void;

  /** @returns whether there was something */
  undo(): boolean;
  redo(): boolean;
}
