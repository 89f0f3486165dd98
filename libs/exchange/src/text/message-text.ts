import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { isEmojiOnly } from './emoji-only';
import { messageParts } from './message-parts';

/** What was said, as it was written: lines, spaces and direction kept, addresses as links. */
@Component({
  selector: 'parley-message-text',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { dir: 'auto', '[class.emoji]': 'emoji()' },
  // On one line, because spaces between the parts would show.
  template: `@for (part of parts(); track $index) {
    @if (part.kind === 'link') {
      <a [href]="part.href" target="_blank" rel="noopener noreferrer nofollow">{{ part.text }}</a>
    } @else {
      <ng-container>{{ part.text }}</ng-container>
    }
  }`,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
      unicode-bidi: plaintext;
    }
    :host(.emoji) {
      font-size: 2.25rem;
      line-height: 1.25;
    }
    a {
      color: inherit;
      text-decoration: underline;
      text-decoration-thickness: 1px;
    }
  `,
})
export class MessageText {
  readonly text = input.required<string>();
  protected readonly parts = computed(() => messageParts(this.text()));
  protected readonly emoji = computed(() => isEmojiOnly(this.text()));
}
