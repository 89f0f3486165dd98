import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  input,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import { shades, WORDS_MAX } from '@parley/board';
import { toScreen } from '../camera';
import type { BoardEditor } from '../editor/board-editor';
import { LINE_HEIGHT, paddingOf, WORDS_FONT } from '../paint/words-layout';
import { mergedWords, movedPlace } from './words-caret';

/** What is written in now, above the very place where it will be drawn. The surface leaves that one out meanwhile. */
@Component({
  selector: 'parley-words-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './words-field.html',
  styleUrl: './words-field.css',
})
export class WordsField {
  readonly editor = input.required<BoardEditor>();
  /** It is written; the board may have the focus back. */
  readonly done = output();

  private readonly field = viewChild<ElementRef<HTMLTextAreaElement>>('field');
  private readonly writing = computed(() => this.editor().writer.writing());
  private readonly id = computed(() => this.writing()?.id);
  private readonly words = computed(() => this.writing()?.words ?? '');
  protected readonly most = WORDS_MAX;
  protected readonly font = WORDS_FONT;
  protected readonly lineHeight = LINE_HEIGHT;
  protected readonly box = computed(() => {
    const shape = this.writing();
    if (shape === undefined) return undefined;
    const camera = this.editor().camera();
    const { x, y } = toScreen(camera, shape);
    const [across, down] = [shape.width / 2, shape.height / 2];
    const isNote = shape.kind === 'note';
    const paper = (colour: typeof shape.colour, of: 'line' | 'fill'): string => {
      const [light, dark] = [shades(colour, 'light')[of], shades(colour, 'dark')[of]];
      return this.editor().page().kind === 'document' ? light : `light-dark(${light}, ${dark})`;
    };
    return {
      name: isNote ? 'Words of the sticky note' : 'Words of the text',
      // Turned about the middle of the shape, as it is drawn.
      transform: `translate(${x}px, ${y}px) scale(${camera.scale}) translate(${across}px, ${down}px) rotate(${shape.angle}rad) translate(${-across}px, ${-down}px)`,
      width: shape.width,
      height: this.editor().writer.heightOf(shape),
      padding: paddingOf(shape.kind),
      size: shape.size,
      colour: paper(isNote ? 'ink' : shape.colour, 'line'),
      background: isNote ? paper(shape.colour, 'fill') : 'transparent',
      /** CSS pixels of the screen, at any zoom. */
      frame: 2 / camera.scale,
    };
  });

  /** What the field and the board last had in common. */
  private base = '';
  private composing = false;

  constructor() {
    afterRenderEffect(() => {
      const field = this.field()?.nativeElement;
      if (field === undefined || this.id() === undefined) return;
      this.composing = false;
      this.base = field.value = untracked(this.words);
      field.focus({ preventScroll: true });
      field.setSelectionRange(field.value.length, field.value.length);
    });
    afterRenderEffect(() => {
      const field = this.field()?.nativeElement;
      const words = this.words();
      // While characters are being composed, the field is the input method's alone.
      if (field !== undefined && !this.composing) this.follow(field, words);
    });
  }

  protected compose(): void {
    this.composing = true;
  }

  protected composed(): void {
    this.composing = false;
    this.write();
  }

  protected write(): void {
    const field = this.field()?.nativeElement;
    if (field === undefined || this.composing) return;
    const words = mergedWords(this.base, field.value, this.words());
    this.base = words;
    if (field.value !== words) this.put(field, words);
    this.editor().writer.write(words);
  }

  protected key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const isDone = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
    if (!isDone) return;
    event.preventDefault();
    this.finish();
    this.done.emit();
  }

  /** Another window in front is not the end of it. */
  protected left(): void {
    const field = this.field()?.nativeElement;
    if (field !== undefined && field.ownerDocument.activeElement !== field) this.finish();
  }

  private finish(): void {
    this.composing = false;
    this.write();
    this.editor().writer.finish();
  }

  /** Others write in it too. */
  private follow(field: HTMLTextAreaElement, words: string): void {
    if (field.value !== words && this.base !== words) this.put(field, words);
    this.base = words;
  }

  private put(field: HTMLTextAreaElement, words: string): void {
    const before = field.value;
    const { selectionStart, selectionEnd, selectionDirection } = field;
    field.value = words;
    field.setSelectionRange(
      movedPlace(before, words, selectionStart),
      movedPlace(before, words, selectionEnd),
      selectionDirection,
    );
  }
}
