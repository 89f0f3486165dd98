import { boundsOf, joinedBounds, type Move, type NewShape, type Shape, type ShapeChange } from '@parley/board';
import type { Look } from '../tools/tool';
import type { BoardEditor } from './board-editor';
import { bringIntoView, knownBounds } from './bring-into-view';
import { shapeName } from './shape-words';
import type { ToolName } from './tool-names';

/** Units of the page between a shape and its copy. */
const BESIDE = 24;
/** Of a shape that is made without a pointer. */
const MADE = { width: 160, height: 100 };

/** What can be done with shapes without a pointer. On a page that is locked, or by who may only look, nothing happens. */
export class ShapeCommands {
  readonly #editor: BoardEditor;
  #copied: readonly Shape[] = [];
  /** How often it was pasted: each copy lies beside the one before. */
  #pasted = 0;

  constructor(editor: BoardEditor) {
    this.#editor = editor;
  }

  selectAll(): void {
    this.#editor.use('select');
    this.#editor.select(new Set(this.#editor.shapes().map(({ id }) => id)));
  }

  /** Selects the shape after or before the one that is, in the order in which they are drawn. */
  selectNext(step: 1 | -1): void {
    const shapes = this.#editor.shapes();
    if (shapes.length === 0) return;
    const ids = this.#editor.selection();
    const at = shapes.findLastIndex(({ id }) => ids.has(id));
    const next = shapes.at(at === -1 ? (step === 1 ? 0 : -1) : (at + step + shapes.length) % shapes.length);
    if (next === undefined) return;
    this.#editor.use('select');
    this.#editor.select(new Set([next.id]));
    bringIntoView(this.#editor, knownBounds(next));
    this.#editor.tell(`${shapeName(next)} selected.`);
  }

  remove(): void {
    const gone = this.#changeable();
    if (gone.length === 0) return;
    this.#editor.scene.remove(gone.map(({ id }) => id));
    this.#editor.tell(`${counted(gone)} deleted.`);
  }

  /** Moves what is selected, in units of the page. */
  move(x: number, y: number): void {
    this.#change((shape) => ({ x: shape.x + x, y: shape.y + y }));
  }

  /** Makes what is selected wider and higher, in units of the page. */
  grow(width: number, height: number): void {
    this.#change((shape) =>
      shape.kind === 'line' || shape.kind === 'arrow'
        ? { width: shape.width + width, height: shape.height + height }
        : { width: Math.max(8, shape.width + width), height: Math.max(8, shape.height + height) },
    );
  }

  /** @param angle radians, clockwise */
  turn(angle: number): void {
    this.#change((shape) => ({ angle: shape.angle + angle }));
  }

  reorder(move: Move): void {
    const shapes = this.#changeable();
    if (shapes.length === 0) return;
    this.#editor.scene.reorder(
      shapes.map(({ id }) => id),
      move,
    );
    this.#editor.tell(
      `${counted(shapes)} moved ${{ front: 'to the front', forward: 'forward', backward: 'backward', back: 'to the back' }[move]}.`,
    );
  }

  restyle({ colour, size, filled }: Partial<Look>): void {
    this.#change(() => ({
      ...(colour !== undefined && { colour }),
      ...(size !== undefined && { size }),
      ...(filled !== undefined && { filled }),
    }));
  }

  copy(): void {
    const shapes = this.#editor.selected();
    if (shapes.length === 0) return;
    this.#copied = shapes;
    this.#pasted = 0;
    this.#editor.tell(`${counted(shapes)} copied.`);
  }

  /** A text with these words in the middle of the view: what was copied elsewhere. */
  putWords(words: string): void {
    if (!this.#editor.canDraw() || words.trim() === '') return;
    const { writer } = this.#editor;
    writer.begin('text', this.#free());
    const id = writer.writing()?.id;
    writer.write(words);
    writer.finish();
    this.#editor.use('select');
    if (id !== undefined) this.#editor.select(new Set([id]));
    this.#editor.tell('Text pasted.');
  }

  cut(): void {
    this.copy();
    this.remove();
  }

  /** Puts copies beside what was copied; on another page, or where it is out of sight, into the middle of the view. */
  paste(): void {
    this.#put(this.#copied, ++this.#pasted);
  }

  duplicate(): void {
    this.#put(this.#editor.selected(), 1);
  }

  /** Removes everything on the page: one step for undo. */
  clear(): void {
    if (!this.#editor.canDraw() || this.#editor.shapes().length === 0) return;
    this.#editor.scene.clear(this.#editor.page().id);
    this.#editor.tell('Everything on this page is cleared.', true);
  }

  /** Makes a shape in the middle of the view, and selects it; begins to write where it is one of words. */
  make(tool: ToolName): void {
    if (!this.#editor.canDraw()) return;
    const shape = this.#made(tool);
    if (shape === undefined) {
      if (tool === 'text' || tool === 'note') this.#editor.writer.begin(tool, this.#editor.centre());
      return;
    }
    const ids = this.#editor.scene.add([shape]);
    this.#editor.use('select');
    this.#editor.select(new Set(ids));
    const made = ids[0] === undefined ? undefined : this.#editor.scene.shape(ids[0]);
    if (made !== undefined) this.#editor.tell(`${shapeName(made)} made. Arrow keys move it.`);
  }

  #made(tool: ToolName): NewShape | undefined {
    const { x, y } = this.#free();
    const { colour, size, filled } = this.#editor.lookFor('outline');
    const base = { page: this.#editor.page().id, colour, size, angle: 0 };
    switch (tool) {
      case 'rectangle':
      case 'ellipse':
        return { ...base, ...MADE, kind: tool, filled, x: x - MADE.width / 2, y: y - MADE.height / 2 };
      case 'line':
      case 'arrow':
        return { ...base, kind: tool, x: x - MADE.width / 2, y, width: MADE.width, height: 0 };
      default:
        return undefined;
    }
  }

  /** The middle of the view, or beside what lies just there. */
  #free(): { x: number; y: number } {
    const { x, y } = this.#editor.centre();
    let step = 0;
    const taken = (at: number): boolean =>
      this.#editor
        .shapes()
        .some((shape) => Math.hypot(shape.x + shape.width / 2 - x - at, shape.y + shape.height / 2 - y - at) < 2);
    while (taken(step) && step < BESIDE * 40) step += BESIDE;
    return { x: x + step, y: y + step };
  }

  #put(shapes: readonly Shape[], times: number): void {
    const bounds = joinedBounds(shapes.map(boundsOf));
    if (bounds === undefined || !this.#editor.canDraw()) return;
    const page = this.#editor.page().id;
    const isHere = shapes.every((shape) => shape.page === page);
    const { x, y } = this.#editor.centre();
    const by = isHere
      ? { x: BESIDE * times, y: BESIDE * times }
      : { x: x - (bounds.minX + bounds.maxX) / 2, y: y - (bounds.minY + bounds.maxY) / 2 };
    const copies = shapes.map((shape): NewShape => ({
      ...shape,
      id: this.#editor.newId(),
      page,
      x: shape.x + by.x,
      y: shape.y + by.y,
    }));
    const ids = this.#editor.scene.add(copies);
    this.#editor.use('select');
    this.#editor.select(new Set(ids));
    this.#editor.tell(`${counted(copies)} pasted.`);
  }

  #changeable(): readonly Shape[] {
    return this.#editor.canDraw() ? this.#editor.selected() : [];
  }

  #change(changed: (shape: Shape) => ShapeChange): void {
    const shapes = this.#changeable();
    if (shapes.length > 0) this.#editor.scene.change(new Map(shapes.map((shape) => [shape.id, changed(shape)])));
  }
}

function counted({ length }: readonly unknown[]): string {
  return length === 1 ? '1 object' : `${length} objects`;
}
