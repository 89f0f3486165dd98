import { Component, computed, input } from '@angular/core';
import { participantColour } from '@parley/protocol';

/** A person's first letter on their colour. Decoration: the name is always beside it or in the text around it. */
@Component({
  // Not the exchange's selector: Angular would take the styles of one for those of the other.
  selector: 'parley-initial-avatar',
  host: { 'aria-hidden': 'true', '[style.background]': 'colour()' },
  template: '{{ letter() }}',
  styles: `
    :host {
      display: inline-grid;
      place-items: center;
      flex: none;
      width: 32px;
      height: 32px;
      border-radius: 50%;
      color: #fff;
      font: var(--mat-sys-label-large);
      user-select: none;
    }
  `,
})
export class Avatar {
  readonly person = input.required<{ readonly id: string; readonly name: string }>();
  protected readonly colour = computed(() => participantColour(this.person().id));
  protected readonly letter = computed(() => firstLetter(this.person().name));
}

/** The first thing that a reader sees as one character, in upper case: an emoji family is one too. */
export function firstLetter(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim());
  return (first?.segment ?? '?').toLocaleUpperCase();
}
