import { ENTER } from '@angular/cdk/keycodes';
import { Component, type ElementRef, computed, input, model, output, signal, viewChild } from '@angular/core';
import type { FormValueControl, ValidationError } from '@angular/forms/signals';
import { MatChipGrid, MatChipInput, type MatChipInputEvent, MatChipRemove, MatChipRow } from '@angular/material/chips';
import { MatFormFieldModule } from '@angular/material/form-field';
import { LucideX } from '@lucide/angular';
import { newParticipant } from '@parley/protocol';
import { outlinedFields } from '../forms/outlined-fields';

const SEPARATORS = /[\s,;]+/;

/** A list of e-mail addresses, written one after the other or pasted from anywhere. */
@Component({
  selector: 'parley-email-chips',
  imports: [LucideX, MatChipGrid, MatChipInput, MatChipRemove, MatChipRow, MatFormFieldModule],
  providers: [outlinedFields],
  templateUrl: './email-chips.html',
  styles: `
    :host {
      display: grid;
    }
  `,
})
export class EmailChips implements FormValueControl<string[]> {
  readonly value = model<string[]>([]);
  readonly errors = input<readonly ValidationError.WithOptionalFieldTree[]>([]);
  readonly touched = input(false);
  readonly touch = output();

  /** What stands in the input and is no address; it stays there to be corrected. */
  readonly #refused = signal<string | undefined>(undefined);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('input');

  protected readonly separators = [ENTER];
  protected readonly mistakes = computed(() => {
    const refused = this.#refused();
    if (refused !== undefined) return [refused];
    return this.touched() ? this.errors().flatMap(({ message }) => message ?? []) : [];
  });

  focus(options?: FocusOptions): void {
    this.field().nativeElement.focus(options);
  }

  protected finish({ value, chipInput }: MatChipInputEvent): void {
    chipInput.inputElement.value = this.#take(value);
  }

  /** Keyboards on a phone tell no key codes, so separators are looked for in the text. */
  protected typed(field: HTMLInputElement): void {
    if (SEPARATORS.test(field.value)) field.value = this.#take(field.value);
    else if (field.value === '') this.#refused.set(undefined);
  }

  protected remove(email: string): void {
    this.value.update((emails) => emails.filter((other) => other !== email));
    this.focus();
  }

  /** Takes the addresses out of a text; what is none is given back. */
  #take(text: string): string {
    const read = text
      .split(SEPARATORS)
      .filter(Boolean)
      .map((word) => ({ word, email: newParticipant.shape.email.safeParse(word) }));
    const good = read.flatMap(({ email }) => (email.success ? [email.data] : []));
    const bad = read.filter(({ email }) => !email.success);
    if (good.length > 0) this.value.update((emails) => [...new Set([...emails, ...good])]);
    this.#refused.set(bad[0]?.email.error?.issues[0]?.message);
    return bad.map(({ word }) => word).join(' ');
  }
}
