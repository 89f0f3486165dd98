import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  type ElementRef,
  input,
  linkedSignal,
  output,
  viewChild,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { LucideSendHorizontal } from '@lucide/angular';
import { UnsentText } from '../page/unsent-text';
import type { KeptText } from './kept-text';
import { messageSize } from './message-size';

/**
 * Where a message is written. Enter sends, Shift+Enter begins a line; an Enter that belongs to an input method does
 * neither. What is not sent yet is kept.
 */
@Component({
  selector: 'parley-composer',
  imports: [LucideSendHorizontal, MatIconButton, UnsentText],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  readonly kept = input.required<KeptText>();
  /** Why nothing can be written here; empty when something can. */
  readonly closedBecause = input('');
  /** A message to send: trimmed, not empty, not too long. */
  readonly send = output<string>();
  /** The text has changed and is not empty. */
  readonly typed = output();

  private composing = false;
  private readonly field = viewChild<ElementRef<HTMLTextAreaElement>>('field');

  protected readonly text = linkedSignal(() => this.kept().readDraft());
  protected readonly size = computed(() => messageSize(this.text().trim()));
  protected readonly canSend = computed(() => isVisible(this.text()) && !this.size().tooLong);

  constructor() {
    effect(() => this.kept().writeDraft(this.text()));
  }

  focus(): void {
    this.field()?.nativeElement.focus();
  }

  protected changed(text: string): void {
    this.text.set(text);
    if (isVisible(text)) this.typed.emit();
  }

  protected composes(composing: boolean): void {
    if (composing) this.composing = true;
    // Safari sends the Enter that ends a composition after the composition has ended, in the same task.
    else setTimeout(() => (this.composing = false));
  }

  protected pressed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || this.composing) return;
    event.preventDefault();
    this.submit();
  }

  protected submit(): void {
    if (!this.canSend()) return;
    this.send.emit(this.text().trim());
    this.text.set('');
    // The binding sees no change where a whole message was pasted and sent between two renderings.
    const field = this.field()?.nativeElement;
    if (field !== undefined) field.value = '';
    field?.focus();
  }
}

/** Whether there is anything to see: blanks, joiners and marks of direction alone are nothing. */
function isVisible(text: string): boolean {
  return /[^\p{Z}\p{Cc}\p{Cf}]/u.test(text);
}
