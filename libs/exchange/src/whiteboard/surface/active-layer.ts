import type { Box, LiveInk, Paper, Shape } from '@parley/board';
import type { BoardEditor } from '../editor/board-editor';
import { paintLaser } from '../paint/paint-laser';
import { paintIn, paintShape } from '../paint/paint-shape';
import type { TileCache } from '../tiles/tile-cache';
import type { MakeBitmap } from './bitmap';
import type { FreshInk } from './growing-ink';
import { InkPicture } from './ink-picture';
import { KeptInk } from './kept-ink';
import { madeShapes } from './lifted';
import { Settling } from './settling';
import { inPixels, type Sight } from './sight';
import { Veil } from './veil';

export interface ActiveLayerOptions {
  readonly editor: BoardEditor;
  readonly tiles: TileCache;
  readonly bitmap: MakeBitmap;
  /** CSS colour of somebody. */
  readonly colourOf: (userId: string) => string;
}

export interface ActiveFrame {
  readonly sight: Sight;
  readonly paper: Paper;
  /** Milliseconds. */
  readonly now: number;
  readonly lifted: ReadonlyMap<string, { readonly shape: Shape; readonly box: Box }>;
  /** The own laser: x, y, … */
  readonly laser: readonly number[];
}

/** The own laser: whoever points sees what the others see. */
const LASER = '#e5232e';

/** What goes on on a page and is not finished: drawn anew with each of its frames, and nothing else is. */
export class ActiveLayer {
  readonly #options: ActiveLayerOptions;
  readonly #pictures = new Map<string, InkPicture>();
  readonly #settling = new Settling();
  readonly #veil: Veil;
  readonly kept = new KeptInk();

  constructor(options: ActiveLayerOptions) {
    this.#options = options;
    this.#veil = new Veil(options.bitmap);
  }

  /** After the tiles have followed. */
  apply(change: Parameters<Settling['apply']>[0]): void {
    this.#settling.apply(change);
    this.kept.settle((id) => this.#options.editor.scene.shape(id) !== undefined);
  }

  /** @param context its units are device pixels @returns whether the next frame has something to draw anyway */
  draw(context: CanvasRenderingContext2D, frame: ActiveFrame): boolean {
    const { editor, tiles } = this.#options;
    const { sight, paper, lifted } = frame;
    const writing = editor.writer.writing()?.id;
    const settling = this.#settling.left(tiles, sight.seen, new Set(lifted.keys()));
    const others = this.kept.on(sight.page.id, frame.now);
    const made = madeShapes(editor);
    const inks = [...others.inks.map(({ ink }) => freshInk(ink)), ...ownInk(editor)];

    this.#drawErased(context, frame);
    context.save();
    context.setTransform(...sight.transform);
    for (const shape of settling) if (shape.id !== writing) paintShape(context, shape, paper);
    for (const { shape, box } of lifted.values()) if (shape.id !== writing) paintIn(context, shape, box, paper);
    for (const shape of made) paintShape(context, shape, paper);
    context.restore();
    this.#drawInks(context, inks, frame);
    this.#drawLasers(context, frame);

    const shown = [...settling, ...made, ...inks].map(({ id }) => id);
    this.#settling.shown(new Set([...shown, ...lifted.keys(), ...(writing === undefined ? [] : [writing])]));
    return settling.length > 0 || others.waits;
  }

  release(): void {
    for (const picture of this.#pictures.values()) picture.release();
    this.#pictures.clear();
    this.#veil.release();
  }

  #drawErased(context: CanvasRenderingContext2D, { sight, paper }: ActiveFrame): void {
    const { editor } = this.#options;
    const erased = editor.draft()?.erased;
    if (erased === undefined) this.#veil.release();
    else {
      const shapes = [...erased].flatMap((id) => editor.scene.shape(id) ?? []);
      this.#veil.draw(context, shapes, sight, paper);
    }
  }

  #drawInks(context: CanvasRenderingContext2D, inks: readonly FreshInk[], { sight, paper }: ActiveFrame): void {
    const ids = new Set(inks.map(({ id }) => id));
    for (const [id, picture] of this.#pictures) {
      if (ids.has(id)) continue;
      picture.release();
      this.#pictures.delete(id);
    }
    for (const ink of inks) {
      let picture = this.#pictures.get(ink.id);
      if (picture === undefined) {
        picture = new InkPicture(ink, this.#options.bitmap);
        this.#pictures.set(ink.id, picture);
      }
      picture.draw(context, ink, sight, paper);
    }
  }

  #drawLasers(context: CanvasRenderingContext2D, { sight, laser }: ActiveFrame): void {
    const { editor, colourOf } = this.#options;
    const paint = (points: readonly number[], colour: string): void => {
      const places = [];
      for (let at = 0; at + 1 < points.length; at += 2)
        places.push(inPixels(sight, { x: points[at] ?? 0, y: points[at + 1] ?? 0 }));
      paintLaser(context, places, colour, sight.ratio);
    };
    for (const { live, userId } of editor.others())
      if (live.page === sight.page.id && live.laser !== undefined) paint(live.laser, colourOf(userId));
    paint(laser, LASER);
  }
}

function ownInk(editor: BoardEditor): readonly FreshInk[] {
  const ink = editor.draft()?.ink;
  return ink === undefined || editor.scene.shape(ink.id) !== undefined ? [] : [ink];
}

function freshInk({ id, colour, size, highlight, points }: LiveInk): FreshInk {
  return { id, colour, size, highlight, points };
}
