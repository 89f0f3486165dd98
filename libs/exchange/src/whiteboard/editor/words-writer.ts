import { computed, signal } from '@angular/core';
import type { Point, WordsShape } from '@parley/board';
import { heightOf, widthOf } from '../paint/words-layout';
import type { BoardEditor } from './board-editor';

/** Units of the page. */
const TEXT_WIDTH = 320;
const NOTE_SIDE = 200;

/** Words that are being written: the shape as it is, or as it will be once there is a word in it. */
export type Writing = Omit<WordsShape, 'author' | 'z'>;

/** Writes words on the board, letter by letter, so that others see them come. A text without words is none. */
export class WordsWriter {
  readonly #editor: BoardEditor;
  readonly #measure: (text: string, size: number) => number;
  readonly #begun = signal<Writing | undefined>(undefined);

  /** What is written in now. */
  readonly writing = computed<Writing | undefined>(() => {
    const begun = this.#begun();
    if (begun === undefined) return undefined;
    const shape = this.#editor.shapes().find((each): each is WordsShape => each.id === begun.id && isWords(each));
    return shape === undefined ? begun : { ...shape, width: Math.max(shape.width, begun.width) };
  });

  constructor(editor: BoardEditor, measure: (text: string, size: number) => number) {
    this.#editor = editor;
    this.#measure = measure;
  }

  /** Begins a text whose first line is at a place, or a note around it. */
  begin(kind: 'text' | 'note', at: Point): void {
    this.finish();
    if (!this.#editor.canDraw()) return;
    const { colour, size } = this.#editor.lookFor(kind);
    const [width, height] = kind === 'note' ? [NOTE_SIDE, NOTE_SIDE] : [TEXT_WIDTH, size * 1.3];
    const box = kind === 'note' ? { x: at.x - width / 2, y: at.y - height / 2 } : { x: at.x, y: at.y - height / 2 };
    const id = this.#editor.newId();
    this.#begun.set({
      id,
      page: this.#editor.page().id,
      kind,
      colour,
      size,
      ...box,
      width,
      height,
      angle: 0,
      words: '',
    });
  }

  /** Goes on writing in a shape that is there. */
  resume(id: string): void {
    const shape = this.#editor.scene.shape(id);
    if (shape === undefined || !isWords(shape) || !this.#editor.canDraw()) return;
    this.finish();
    // A text that is as wide as its words has room for more of them while one writes.
    const isSnug = shape.kind === 'text' && shape.width < TEXT_WIDTH && Math.abs(this.#snug(shape) - shape.width) <= 1;
    this.#begun.set(isSnug ? { ...shape, width: TEXT_WIDTH } : shape);
  }

  /** What the words are now. */
  write(words: string): void {
    const writing = this.writing();
    const { scene } = this.#editor;
    if (writing === undefined || !this.#editor.canDraw()) return;
    if (scene.shape(writing.id) !== undefined) scene.setWords(writing.id, words);
    else if (words.trim() !== '') scene.add([this.#grown({ ...writing, words })]);
  }

  /** Nothing is written in any more. What has no words goes; what needs more room gets it. */
  finish(): void {
    const begun = this.#begun();
    if (begun === undefined) return;
    this.#begun.set(undefined);
    const { scene } = this.#editor;
    const shape = scene.shape(begun.id);
    if (shape === undefined || !isWords(shape) || !this.#editor.canDraw()) return;
    if (shape.words.trim() === '') {
      if (shape.kind === 'text') scene.remove([shape.id]);
      return;
    }
    const width = shape.kind === 'text' ? Math.min(Math.max(shape.width, begun.width), this.#snug(shape)) : shape.width;
    const { height } = this.#grown({ ...shape, width });
    if (height !== shape.height || width !== shape.width) scene.change(new Map([[shape.id, { width, height }]]));
  }

  /** How high it has to be: a text as high as its words, a note at least as high as it is. */
  heightOf(shape: Writing): number {
    const needed = heightOf(shape, (text) => this.#measure(text, shape.size));
    return shape.kind === 'note' ? Math.max(shape.height, needed) : needed;
  }

  /** As wide as its longest line, and a little more: browsers round. */
  #snug(shape: Writing): number {
    return Math.ceil(widthOf(shape, (text) => this.#measure(text, shape.size))) + 1;
  }

  #grown<S extends Writing>(shape: S): S {
    return { ...shape, height: this.heightOf(shape) };
  }
}

export function isWords(shape: { readonly kind: string }): shape is WordsShape {
  return shape.kind === 'text' || shape.kind === 'note';
}
