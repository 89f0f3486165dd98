import { newMessageId } from '@parley/client';
import { BehaviorSubject, Subject } from 'rxjs';
import * as Y from 'yjs';
import type { BoardScene, Move, SceneChange, SceneHistory } from './board-scene';
import { changeWords, shortened } from './change-words';
import { madeOf } from './make-shape';
import { FIRST_PAGE, PAGES_MAX, type BoardPage, type NewPage } from './page';
import { PageShapes } from './page-shapes';
import { firstPage, readPage } from './read-page';
import { readShape } from './read-shape';
import { SHAPES_MAX, type NewShape, type Shape, type ShapeChange } from './shape';
import { restacked } from './stacking';

/** What is done in this window, and can be undone in it. */
const OWN = 'own';
/** Done in this window, and no step for undo. */
const SETTING = 'setting';

/** Milliseconds of typing in one shape that are one step for undo. */
const TYPING_MS = 1_500;

type Entry = Y.Map<unknown>;

export interface SceneOptions {
  /** The userId that own shapes get as their author. */
  readonly author: string;
  /** Makes an id that nobody else makes. Default: 126 random bits. */
  readonly newId?: () => string;
}

/** A board in a Yjs document: `shapes` and `pages`, each a map by id. Whoever applies updates to the document changes it. */
export class Scene implements BoardScene {
  readonly changes = new Subject<SceneChange>();
  readonly history = new BehaviorSubject<SceneHistory>({ canUndo: false, canRedo: false });
  readonly #doc: Y.Doc;
  readonly #author: string;
  readonly #newId: () => string;
  readonly #shapes: Y.Map<unknown>;
  readonly #pages: Y.Map<unknown>;
  readonly #undo: Y.UndoManager;
  readonly #known = new Map<string, Shape>();
  readonly #byPage = new Map<string, PageShapes>();
  readonly #touched = new Set<string>();
  #pageList: readonly BoardPage[] | undefined;
  #arePagesTouched = false;
  /** The shape in which one writes. */
  #writingIn: string | undefined;

  constructor(doc: Y.Doc, { author, newId = newMessageId }: SceneOptions) {
    this.#doc = doc;
    this.#author = author;
    this.#newId = newId;
    this.#shapes = doc.getMap('shapes');
    this.#pages = doc.getMap('pages');
    this.#undo = new Y.UndoManager([this.#shapes, this.#pages], { trackedOrigins: new Set([OWN]), captureTimeout: 0 });
    const tellHistory = (): void =>
      this.history.next({ canUndo: this.#undo.undoStack.length > 0, canRedo: this.#undo.redoStack.length > 0 });
    this.#undo.on('stack-item-added', tellHistory);
    this.#undo.on('stack-item-popped', tellHistory);
    this.#undo.on('stack-cleared', tellHistory);
    this.#shapes.observeDeep((events) => {
      for (const event of events) {
        if (event.target === this.#shapes) for (const id of event.changes.keys.keys()) this.#touched.add(id);
        else this.#touched.add(String(event.path[0]));
      }
    });
    this.#pages.observeDeep(() => (this.#arePagesTouched = true));
    doc.on('afterTransaction', ({ local }: Y.Transaction) => this.#tell(local));
    for (const id of this.#shapes.keys()) this.#touched.add(id);
    this.#tell(false);
  }

  get size(): number {
    return this.#known.size;
  }

  pages(): readonly BoardPage[] {
    this.#pageList ??= [...this.#readPages()].sort(
      (one, other) => one.order - other.order || (one.id < other.id ? -1 : 1),
    );
    return this.#pageList;
  }

  page(id: string): BoardPage | undefined {
    return this.pages().find((page) => page.id === id);
  }

  shapes(page: string): readonly Shape[] {
    return this.#byPage.get(page)?.sorted ?? [];
  }

  shape(id: string): Shape | undefined {
    return this.#known.get(id);
  }

  add(shapes: readonly NewShape[]): readonly string[] {
    const ids: string[] = [];
    const tops = new Map<string, number>();
    this.#do(() => {
      for (const shape of shapes.slice(0, Math.max(0, SHAPES_MAX - this.size))) {
        const { page, id = this.#newId() } = shape;
        const z = (tops.get(page) ?? this.#top(page)) + 1;
        const entry: Entry = new Y.Map<unknown>();
        entry.set('made', madeOf(shape, this.#author, z));
        if (shape.kind === 'text' || shape.kind === 'note') {
          entry.set('words', new Y.Text(shortened(shape.words)));
        }
        if (this.#shapes.has(id)) continue;
        this.#shapes.set(id, entry);
        if (readShape(id, entry) === undefined) {
          this.#shapes.delete(id);
          continue;
        }
        tops.set(page, z);
        ids.push(id);
      }
    });
    return ids;
  }

  change(changes: ReadonlyMap<string, ShapeChange>): void {
    this.#do(() => {
      for (const [id, change] of changes) {
        const [entry, before] = [this.#entry(id), this.#known.get(id)];
        if (entry === undefined || before === undefined) continue;
        const { x = before.x, y = before.y, width = before.width, height = before.height } = change;
        if (x !== before.x || y !== before.y) entry.set('at', [x, y]);
        if (width !== before.width || height !== before.height) entry.set('extent', [width, height]);
        for (const key of ['angle', 'colour', 'size'] as const) {
          if (change[key] !== undefined && change[key] !== before[key]) entry.set(key, change[key]);
        }
        if (change.filled !== undefined && 'filled' in before && change.filled !== before.filled) {
          entry.set('filled', change.filled);
        }
      }
    });
  }

  setWords(id: string, words: string): void {
    const text = this.#entry(id)?.get('words');
    if (!(text instanceof Y.Text)) return;
    const isGoingOn = this.#writingIn === id;
    this.#undo.captureTimeout = isGoingOn ? TYPING_MS : 0;
    this.#do(() => changeWords(text, shortened(words)));
    this.#undo.captureTimeout = 0;
    this.#writingIn = id;
  }

  remove(ids: Iterable<string>): void {
    this.#do(() => {
      for (const id of ids) this.#shapes.delete(id);
    });
  }

  reorder(ids: Iterable<string>, move: Move): void {
    const moved = new Set(ids);
    const pages = new Set([...moved].flatMap((id) => this.#known.get(id)?.page ?? []));
    this.#do(() => {
      for (const page of pages) {
        for (const [id, z] of restacked(this.shapes(page), moved, move)) this.#entry(id)?.set('z', z);
      }
    });
  }

  clear(page: string): void {
    this.remove(this.shapes(page).map(({ id }) => id));
  }

  addPages(pages: readonly NewPage[]): readonly string[] {
    const ids: string[] = [];
    this.#do(() => {
      let order = this.pages().at(-1)?.order ?? 0;
      for (const { id = this.#newId(), ...page } of pages.slice(0, Math.max(0, PAGES_MAX - this.pages().length))) {
        const entry: Entry = new Y.Map<unknown>();
        entry.set('made', { ...page, order: order + 1 });
        if (this.#pages.has(id) || id === FIRST_PAGE) continue;
        this.#pages.set(id, entry);
        if (readPage(id, entry) === undefined) {
          this.#pages.delete(id);
          continue;
        }
        order += 1;
        ids.push(id);
      }
    });
    return ids;
  }

  removePage(id: string): void {
    if (id === FIRST_PAGE) return;
    const shapes = this.shapes(id);
    this.#do(() => {
      for (const shape of shapes) this.#shapes.delete(shape.id);
      this.#pages.delete(id);
    });
  }

  setLocked(page: string, locked: boolean): void {
    if (this.page(page)?.locked === locked) return;
    this.#doc.transact(() => {
      const entry = this.#pages.get(page);
      if (entry instanceof Y.Map) entry.set('locked', locked);
      else if (page === FIRST_PAGE) this.#pages.set(page, new Y.Map([['locked', locked]]));
    }, SETTING);
  }

  undo(): boolean {
    this.#writingIn = undefined;
    return this.#undo.undo() !== null;
  }

  redo(): boolean {
    this.#writingIn = undefined;
    return this.#undo.redo() !== null;
  }

  #do(command: () => void): void {
    this.#writingIn = undefined;
    this.#doc.transact(command, OWN);
  }

  #entry(id: string): Entry | undefined {
    const entry = this.#shapes.get(id);
    return entry instanceof Y.Map ? entry : undefined;
  }

  #top(page: string): number {
    return this.shapes(page).reduce((top, { z }) => Math.max(top, z), 0);
  }

  *#readPages(): Iterable<BoardPage> {
    yield firstPage(this.#pages.get(FIRST_PAGE));
    for (const [id, entry] of this.#pages) {
      const page = id === FIRST_PAGE ? undefined : readPage(id, entry);
      if (page !== undefined) yield page;
    }
  }

  /** Reads again what was touched, and says what is different now. */
  #tell(own: boolean): void {
    const shapes = new Map<string, { before?: Shape; after?: Shape }>();
    for (const id of this.#touched) {
      const before = this.#known.get(id);
      const after = readShape(id, this.#shapes.get(id));
      if (before === undefined && after === undefined) continue;
      if (before !== undefined && before.page !== after?.page) this.#byPage.get(before.page)?.delete(id);
      if (after === undefined) this.#known.delete(id);
      else this.#put(after);
      shapes.set(id, differenceOf(before, after));
    }
    const pages = this.#arePagesTouched;
    this.#touched.clear();
    this.#arePagesTouched = false;
    if (pages) this.#pageList = undefined;
    if (shapes.size > 0 || pages) this.changes.next({ shapes, pages, own });
  }

  #put(shape: Shape): void {
    this.#known.set(shape.id, shape);
    const page = this.#byPage.get(shape.page) ?? new PageShapes();
    this.#byPage.set(shape.page, page);
    page.set(shape);
  }
}

/** With no key for what there is not. */
function differenceOf(before: Shape | undefined, after: Shape | undefined): { before?: Shape; after?: Shape } {
  if (before === undefined) return after === undefined ? {} : { after };
  return after === undefined ? { before } : { before, after };
}
