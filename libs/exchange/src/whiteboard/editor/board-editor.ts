import { computed, signal, type Signal } from '@angular/core';
import {
  type BoardPage,
  type BoardScene,
  type BoardSession,
  type BoardStatus,
  type Bounds,
  boundsOf,
  FIRST_PAGE,
  joinedBounds,
  type OtherLive,
  type Point,
  type SceneChange,
  type SceneHistory,
  type Shape,
} from '@parley/board';
import { newMessageId } from '@parley/client';
import { Subject, Subscription } from 'rxjs';
import { type Camera, fitted, type Insets, startCamera, toWorld, type Viewport, zoomedAbout } from '../camera';
import { ShapeIndex } from '../tiles/shape-index';
import type { Draft, Look, Surroundings } from '../tools/tool';
import { Following } from './following';
import { LiveTeller } from './live-teller';
import { firstLooks, type LookOf, lookOf } from './looks';
import { ShapeCommands } from './shape-commands';
import type { ToolName } from './tool-names';
import { WordsWriter } from './words-writer';

export interface BoardEditorOptions {
  readonly session: BoardSession;
  /** How wide a text is in letters of this size, in units of the page. */
  readonly measure: (text: string, size: number) => number;
  readonly newId?: () => string;
  /** Whether the meeting is over, as the page knows it: the board learns of it only when it changes. Default: it is not. */
  readonly closed?: Signal<boolean>;
}

/** Something that has just happened, for everyone who cannot see it. */
export interface BoardNews {
  readonly text: string;
  /** Whether undo would take it back: worth a button. */
  readonly undo: boolean;
}

const none: ReadonlySet<string> = new Set();

/**
 * What one person does with a board in one window: the tool in hand, the page and the part of it that is seen, what is
 * selected and what is going on. It draws nothing and reads no pointer: a surface and its controls do.
 */
export class BoardEditor {
  readonly session: BoardSession;
  readonly scene: BoardScene;
  readonly newId: () => string;
  /** Where the shapes are; follows the scene. */
  readonly index: ShapeIndex;
  /** The scene's, after the index has followed. */
  readonly changes = new Subject<SceneChange>();
  readonly commands: ShapeCommands;
  readonly writer: WordsWriter;
  readonly following: Following;

  readonly #subscriptions = new Subscription();
  readonly #teller: LiveTeller;
  #insets: Insets | undefined;
  /** The pages that one's own last change was about. */
  #stepped: ReadonlySet<string> | undefined;
  readonly #version = signal(0);
  readonly #tool = signal<ToolName>('pen');
  readonly #isHandHeld = signal(false);
  readonly #looks = signal<Readonly<Record<LookOf, Look>>>(firstLooks);
  readonly #pageId = signal(FIRST_PAGE);
  readonly #cameras = new Map<string, Camera>();
  readonly #camera = signal<Camera>(startCamera);
  readonly #viewport = signal<Viewport>({ width: 0, height: 0 });
  readonly #selection = signal<ReadonlySet<string>>(none);
  readonly #draft = signal<Draft | undefined>(undefined);
  readonly #status = signal<BoardStatus>({ state: 'opening', queued: 0, canWrite: false, refused: false });
  readonly #history = signal<SceneHistory>({ canUndo: false, canRedo: false });
  readonly #others = signal<readonly OtherLive[]>([]);
  readonly #news = signal<BoardNews>({ text: '', undo: false });

  readonly tool: Signal<ToolName> = computed(() => (this.#isHandHeld() ? 'hand' : this.#tool()));
  /** How what the tool draws next looks. */
  readonly look = computed(() => this.#looks()[lookOf(this.#tool())]);
  readonly pages: Signal<readonly BoardPage[]> = computed(() => (this.#version(), this.scene.pages()));
  /** The one that is seen: the first, should it be gone. */
  readonly page: Signal<BoardPage> = computed(() => {
    const pages = this.pages();
    const [first] = pages;
    if (first === undefined) throw new Error('A board always has its first page.');
    return pages.find(({ id }) => id === this.#pageId()) ?? first;
  });
  /** Of the page that is seen, in the order in which they are drawn. */
  readonly shapes: Signal<readonly Shape[]> = computed(() => (this.#version(), this.scene.shapes(this.page().id)));
  readonly camera = this.#camera.asReadonly();
  /** The surface's size in CSS pixels. */
  readonly viewport = this.#viewport.asReadonly();
  readonly selection = this.#selection.asReadonly();
  readonly selected: Signal<readonly Shape[]> = computed(() => {
    const ids = this.#selection();
    return ids.size === 0 ? [] : this.shapes().filter(({ id }) => ids.has(id));
  });
  /** What is going on here and not on the board yet. */
  readonly draft = this.#draft.asReadonly();
  readonly status: Signal<BoardStatus>;
  readonly history = this.#history.asReadonly();
  readonly others = this.#others.asReadonly();
  readonly news = this.#news.asReadonly();
  /** Whether this person may change what is on this page now. */
  readonly canDraw = computed(() => this.status().canWrite && !this.page().locked);

  constructor({ session, measure, newId = newMessageId, closed = signal(false) }: BoardEditorOptions) {
    this.session = session;
    this.status = computed(() => (closed() ? { ...this.#status(), canWrite: false } : this.#status()));
    this.scene = session.scene;
    this.newId = newId;
    this.index = new ShapeIndex(session.scene);
    this.commands = new ShapeCommands(this);
    this.writer = new WordsWriter(this, measure);
    this.following = new Following(this);
    this.#teller = new LiveTeller(this);
    this.#subscriptions.add(session.scene.changes.subscribe((change) => this.#follow(change)));
    this.#subscriptions.add(session.scene.history.subscribe((history) => this.#history.set(history)));
    this.#subscriptions.add(session.status.subscribe((status) => this.#stands(status)));
    this.#subscriptions.add(
      session.live.others.subscribe((others) => {
        this.#others.set(others);
        this.following.heard(others);
      }),
    );
  }

  /** Stops listening; the session is its owner's to close. */
  close(): void {
    this.writer.finish();
    this.#subscriptions.unsubscribe();
    this.#teller.close();
  }

  use(tool: ToolName): void {
    this.writer.finish();
    this.#tool.set(tool);
    if (tool !== 'select') this.select(none);
    if (tool !== 'laser') this.laser(undefined);
  }

  /** Whether the view is moved instead, for as long as a key is held. */
  holdHand(isHeld: boolean): void {
    this.#isHandHeld.set(isHeld);
  }

  /** Changes how the next shapes look, and those that are selected. */
  setLook(change: Partial<Look>): void {
    const of = this.lookKey();
    this.#looks.update((looks) => ({ ...looks, [of]: { ...looks[of], ...change } }));
    if (this.canDraw()) this.commands.restyle(change);
  }

  /** Whose look is changed: that of what is selected, else that of the tool. */
  lookKey(): LookOf {
    const [shape] = this.selected();
    if (shape === undefined) return lookOf(this.#tool());
    if (shape.kind === 'ink') return shape.highlight ? 'highlighter' : 'pen';
    return lookOf(shape.kind);
  }

  lookFor(of: LookOf): Look {
    return this.#looks()[of];
  }

  select(ids: ReadonlySet<string>): void {
    if (ids.size === 0 && this.#selection().size === 0) return;
    this.#selection.set(ids);
  }

  /** Turns to a page, to where it was left, or to all of it. Whoever turns by hand follows nobody any more. */
  goTo(page: string, by: 'hand' | 'following' = 'hand'): void {
    if (by === 'hand') this.following.stop();
    if (page === this.page().id || this.scene.page(page) === undefined) return;
    this.writer.finish();
    this.#cameras.set(this.page().id, this.#camera());
    this.select(none);
    this.#pageId.set(page);
    const known = this.#cameras.get(page);
    this.#camera.set(known ?? this.#fitting());
    this.#teller.tell();
  }

  setViewport(viewport: Viewport): void {
    const before = this.#viewport();
    this.#viewport.set(viewport);
    // The middle of what is seen stays there; a document is all in view when it is seen first.
    const isFirst = before.width === 0 && viewport.width > 0;
    if (isFirst && this.#camera() === startCamera) this.#camera.set(this.#fitting());
    else if (before.width > 0 && viewport.width > 0)
      this.#camera.update((camera) => ({
        ...camera,
        x: camera.x + (before.width - viewport.width) / 2 / camera.scale,
        y: camera.y + (before.height - viewport.height) / 2 / camera.scale,
      }));
  }

  /** What of the surface lies under controls: what is fitted is beside them. */
  setInsets(insets: Insets): void {
    this.#insets = insets;
  }

  setCamera(camera: Camera, by: 'hand' | 'following' = 'hand'): void {
    if (by === 'hand') this.following.stop();
    this.#camera.set(camera);
    this.#teller.tell();
  }

  /** About the middle of the view. */
  zoom(factor: number): void {
    const { width, height } = this.#viewport();
    this.setCamera(zoomedAbout(this.#camera(), { x: width / 2, y: height / 2 }, factor));
  }

  /** All that there is on the page. */
  fit(): void {
    this.setCamera(this.#fitting());
  }

  /** What there is on the page, the sheet of a document included; undefined of an empty endless one. */
  content(): Bounds | undefined {
    const { kind, width, height } = this.page();
    const sheet = kind === 'document' ? [{ minX: 0, minY: 0, maxX: width, maxY: height }] : [];
    return joinedBounds([...sheet, ...this.shapes().map(boundsOf)]);
  }

  /** The place of the page in the middle of the view. */
  centre(): Point {
    const { width, height } = this.#viewport();
    return toWorld(this.#camera(), { x: width / 2, y: height / 2 });
  }

  undo(): void {
    this.#step(() => this.scene.undo(), 'Undone.');
  }

  redo(): void {
    this.#step(() => this.scene.redo(), 'Done again.');
  }

  show(draft: Draft | undefined): void {
    this.#draft.set(draft);
    this.#teller.tell();
  }

  /** Where the pointer is on the page; undefined when it is not on the board. */
  cursor(at: Point | undefined): void {
    this.#teller.cursor(at);
  }

  /** Where the laser has just been: x, y, x, y, … in units of the page. */
  laser(points: readonly number[] | undefined): void {
    this.#teller.laser(points);
  }

  /** Tells the others what goes on here. */
  tellLive(): void {
    this.#teller.tell();
  }

  tell(text: string, undo = false): void {
    this.#news.set({ text, undo });
  }

  /** What a tool works on now. */
  surroundings(): Surroundings {
    return {
      scene: this.scene,
      index: this.index,
      page: this.page().id,
      look: this.look(),
      selection: this.#selection(),
      select: (ids) => this.select(ids),
      pixel: 1 / this.#camera().scale,
      newId: this.newId,
      show: (draft) => this.show(draft),
    };
  }

  /** A step of the history, where it can be seen. */
  #step(take: () => boolean, told: string): void {
    this.writer.finish();
    if (!this.canDraw()) return;
    this.#stepped = undefined;
    if (!take()) return;
    const pages = this.#stepped as ReadonlySet<string> | undefined;
    if (pages === undefined) this.tell('Others have changed that since: there is nothing left to take back.');
    else {
      const [page] = pages;
      if (page !== undefined && !pages.has(this.page().id)) this.goTo(page);
      this.tell(told);
    }
  }

  #fitting(): Camera {
    const content = this.content();
    return content === undefined ? startCamera : fitted(content, this.#viewport(), this.#insets);
  }

  #stands(status: BoardStatus): void {
    const isFirst = this.#status().state === 'opening' && status.state === 'open';
    this.#status.set(status);
    // What was drawn may lie anywhere: a phone would show nothing but paper.
    if (isFirst && this.#camera() === startCamera && this.#viewport().width > 0) this.#camera.set(this.#fitting());
  }

  #follow(change: SceneChange): void {
    this.index.apply(change);
    if (change.own)
      this.#stepped = new Set(
        [...change.shapes.values()].flatMap(({ before, after }) => (after ?? before)?.page ?? []),
      );
    this.#version.update((version) => version + 1);
    const left = [...this.#selection()].filter((id) => this.scene.shape(id)?.page === this.page().id);
    if (left.length < this.#selection().size) this.select(new Set(left));
    this.changes.next(change);
  }
}
