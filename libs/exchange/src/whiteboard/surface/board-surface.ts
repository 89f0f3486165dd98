import { effect, type Injector, type Signal, untracked } from '@angular/core';
import type { BoardPage, Paper } from '@parley/board';
import { type Observable, Subscription } from 'rxjs';
import type { BoardEditor } from '../editor/board-editor';
import { paintEndlessPaper, paintSheet } from '../paint/paint-paper';
import { paintShape } from '../paint/paint-shape';
import { TileCache } from '../tiles/tile-cache';
import { ActiveLayer } from './active-layer';
import { canvasBitmap } from './bitmap';
import { Frames, type FrameStats, type LayerName, layerNames } from './frames';
import { LaserTrail } from './laser-trail';
import { liftedShapes } from './lifted';
import { pixelRatio, watchPixelRatio } from './pixel-ratio';
import { Pointers } from './pointers';
import { sightOf, type Sight } from './sight';
import { SurfaceStage } from './stage';
import { paintTop } from './top-layer';

/**
 * Milliseconds of a frame for baking tiles: while a pointer is down, while the view moves, while all is still, and while there
 * is no picture yet that could move.
 */
const [BAKE_DRAWING_MS, BAKE_MOVING_MS, BAKE_STILL_MS, BAKE_FIRST_MS] = [6, 9, 40, 100];
/** Milliseconds after which the view is still. */
const STILL_MS = 250;

/** The pictures behind the pages of documents. */
export interface Backdrops {
  /** @param pixelsPerUnit how finely it is seen. @returns what there is of it now; `changes` tells of better */
  of(page: BoardPage, pixelsPerUnit: number): CanvasImageSource | undefined;
  /** Why there is none, in words. */
  trouble(page: BoardPage): string | undefined;
  readonly changes: Observable<void>;
}

export interface SurfaceOptions {
  /** Positioned, and sized by CSS. */
  readonly host: HTMLElement;
  readonly editor: BoardEditor;
  readonly injector: Injector;
  /** By the theme; pages of documents are always light. */
  readonly paper: Signal<Paper>;
  readonly backdrops: Backdrops;
  readonly person: Signal<(userId: string) => { readonly name: string; readonly colour: string }>;
}

/** The board as it is seen and touched: it shows what the editor knows, and tells it what pointers do. */
export class BoardSurface {
  readonly #options: SurfaceOptions;
  readonly #element: HTMLDivElement;
  readonly #stage: SurfaceStage;
  readonly #frames: Frames;
  readonly #tiles: TileCache;
  readonly #active: ActiveLayer;
  readonly #pointers: Pointers;
  readonly #trail = new LaserTrail();
  readonly #closing = new Subscription();
  #ratio = pixelRatio();
  /** That the layers have. */
  #size = '';
  #hidden: ReadonlySet<string> = new Set();
  #lifted: ReturnType<typeof liftedShapes> = new Map();
  #laser: readonly number[] = [];
  /** What the last frame showed. */
  #seen: Pick<Sight, 'page' | 'camera'> | undefined;
  /** From when no tile is there until all are that are seen. */
  #isFirst = true;
  /** When the view of a page was last another one. */
  #movedAt = Number.NEGATIVE_INFINITY;
  /** Whether the view has moved more than once in a while: a single leap is over at once. */
  #isMoving = false;

  constructor(options: SurfaceOptions) {
    this.#options = options;
    const { editor, host, person } = options;
    this.#element = surfaceElement();
    host.prepend(this.#element);
    this.#tiles = new TileCache({
      index: editor.index,
      paint: (context, shape) => paintShape(context, shape, this.#paperOf(editor.scene.page(shape.page))),
    });
    this.#active = new ActiveLayer({
      editor,
      tiles: this.#tiles,
      bitmap: canvasBitmap,
      colourOf: (userId) => person()(userId).colour,
    });
    this.#stage = new SurfaceStage(this.#element, {
      base: (context) => this.#paintBase(context),
      active: (context) => this.#paintActive(context),
      top: (context) => paintTop(context, { editor, sight: this.#sight(), paper: this.#paper(), person: person() }),
    });
    this.#frames = new Frames({ draw: (layers) => this.#draw(layers) });
    this.#pointers = new Pointers({
      element: this.#element,
      editor,
      trail: this.#trail,
      changed: () => this.#touched(),
    });
    this.#listen();
  }

  /** Frames that drew something, and how long the last took. Each is also a performance measure `board-frame`. */
  get frames(): FrameStats {
    return this.#frames.stats;
  }

  close(): void {
    this.#closing.unsubscribe();
    this.#pointers.close();
    this.#frames.close();
    this.#active.release();
    this.#tiles.clear();
    this.#stage.close();
    this.#element.remove();
  }

  #listen(): void {
    const { editor, backdrops, paper, person, host } = this.#options;
    const ask = (...layers: readonly LayerName[]): void => this.#frames.ask(...layers);
    this.#closing.add(
      editor.changes.subscribe((change) => {
        this.#tiles.apply(change);
        this.#active.apply(change);
        ask(...layerNames);
      }),
    );
    this.#closing.add(
      editor.session.live.others.subscribe((others) => {
        this.#active.kept.heard(others, performance.now(), (id) => editor.scene.shape(id) !== undefined);
        ask('active', 'top');
      }),
    );
    this.#closing.add(backdrops.changes.subscribe(() => ask('base')));
    this.#closing.add(
      watchPixelRatio(() => {
        this.#ratio = pixelRatio();
        ask(...layerNames);
      }),
    );
    const sizes = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = host;
      // While it is hidden it keeps what was seen.
      if (width > 0 && height > 0) editor.setViewport({ width, height });
    });
    sizes.observe(host);
    this.#closing.add(() => sizes.disconnect());
    this.#follow(
      () => (editor.camera(), editor.viewport(), editor.page()),
      () => ask(...layerNames),
    );
    this.#follow(
      () => (editor.draft(), editor.others(), editor.writer.writing()),
      () => ask('active', 'top'),
    );
    this.#follow(
      () => (editor.selection(), person()),
      () => ask('top'),
    );
    this.#follow(paper, () => {
      this.#tiles.clear();
      ask(...layerNames);
    });
    this.#follow(
      () => (editor.tool(), editor.selection()),
      () => this.#pointers.restyle(),
    );
    this.#follow(
      () => (editor.page().id, editor.canDraw()),
      () => {
        this.#pointers.cancel();
        this.#pointers.restyle();
        ask(...layerNames);
      },
    );
  }

  /** After what a pointer did: in this frame, while the signals' effects come with the next. */
  #touched(): void {
    const { editor } = this.#options;
    const isAround = editor.selection().size > 0 || editor.draft()?.marquee !== undefined;
    if (editor.camera() !== this.#seen?.camera) this.#frames.ask(...layerNames);
    else this.#frames.ask('active', ...(isAround ? ['top' as const] : []));
  }

  #follow(read: () => unknown, run: () => void): void {
    const watching = effect(
      () => {
        read();
        // What is done then is not what is followed.
        untracked(run);
      },
      { injector: this.#options.injector },
    );
    this.#closing.add(() => watching.destroy());
  }

  #draw(layers: ReadonlySet<LayerName>): void {
    const { editor } = this.#options;
    const { width, height } = editor.viewport();
    if (width === 0 || height === 0) return;
    const drawn = new Set(layers);
    const seen = { page: editor.page(), camera: editor.camera() };
    const isMoved = this.#seen?.page.id === seen.page.id && this.#seen.camera !== seen.camera;
    if (isMoved) this.#moved(performance.now());
    this.#seen = seen;
    const size = `${width} ${height} ${this.#ratio}`;
    if (size !== this.#size) {
      this.#stage.resize({ width, height }, this.#ratio);
      this.#size = size;
      for (const name of layerNames) drawn.add(name);
    }
    if (drawn.has('active')) {
      this.#tellLaser();
      this.#lifted = liftedShapes(editor);
      if (this.#hide()) drawn.add('base');
    }
    this.#stage.draw(drawn);
  }

  /** Leaves out of the tiles what is drawn elsewhere. @returns whether it is something else than before */
  #hide(): boolean {
    const { editor } = this.#options;
    const writing = editor.writer.writing()?.id;
    const ids = new Set([...this.#lifted.keys(), ...(writing === undefined ? [] : [writing])]);
    if (ids.size === this.#hidden.size && [...ids].every((id) => this.#hidden.has(id))) return false;
    this.#hidden = ids;
    this.#tiles.hide([...ids].flatMap((id) => editor.scene.shape(id) ?? []));
    return true;
  }

  #tellLaser(): void {
    if (this.#trail.isEmpty && this.#laser.length === 0) return;
    this.#laser = this.#trail.at(performance.now());
    this.#options.editor.laser(this.#laser.length === 0 ? undefined : this.#laser);
    this.#frames.ask('active');
  }

  #paintBase(context: CanvasRenderingContext2D): void {
    const sight = this.#sight();
    const { page, pixels, view, ratio, seen } = sight;
    const place = { ...pixels, view, ratio, pixelsPerUnit: seen.pixelsPerUnit };
    if (page.kind === 'document') {
      const { backdrops, paper } = this.#options;
      const backdrop = backdrops.of(page, seen.pixelsPerUnit);
      const { width, height } = page;
      paintSheet(context, place, { width, height, backdrop, trouble: backdrops.trouble(page) }, paper());
    } else paintEndlessPaper(context, place, this.#paper());
    this.#isFirst ||= this.#tiles.size === 0;
    const isMore = this.#tiles.bake(seen, this.#bakeTime());
    this.#tiles.draw(context, seen);
    if (isMore) this.#frames.ask('base');
    else this.#isFirst = false;
  }

  #bakeTime(): number {
    if (this.#pointers.isBusy) return BAKE_DRAWING_MS;
    const isMoving = this.#isMoving && performance.now() - this.#movedAt < STILL_MS;
    if (isMoving) return BAKE_MOVING_MS;
    return this.#isFirst ? BAKE_FIRST_MS : BAKE_STILL_MS;
  }

  #moved(now: number): void {
    this.#isMoving = now - this.#movedAt < STILL_MS;
    this.#movedAt = now;
  }

  #paintActive(context: CanvasRenderingContext2D): void {
    const [sight, paper] = [this.#sight(), this.#paper()];
    const frame = { sight, paper, now: performance.now(), lifted: this.#lifted, laser: this.#laser };
    if (this.#active.draw(context, frame)) this.#frames.ask('active');
  }

  #sight(): Sight {
    const { editor } = this.#options;
    return sightOf(editor.page(), editor.camera(), editor.viewport(), this.#ratio);
  }

  #paper(): Paper {
    return this.#paperOf(this.#options.editor.page());
  }

  #paperOf(page: BoardPage | undefined): Paper {
    return page?.kind === 'document' ? 'light' : this.#options.paper();
  }
}

function surfaceElement(): HTMLDivElement {
  const element = document.createElement('div');
  // What is on it is told in words by the list of objects.
  element.setAttribute('aria-hidden', 'true');
  Object.assign(element.style, {
    position: 'absolute',
    inset: '0',
    overflow: 'hidden',
    touchAction: 'none',
    userSelect: 'none',
  });
  element.style.setProperty('-webkit-user-select', 'none');
  return element;
}
