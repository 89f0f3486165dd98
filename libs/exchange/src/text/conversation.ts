import { ChangeDetectionStrategy, Component, computed, input, viewChild } from '@angular/core';
import type { FindPerson } from '../person/directory';
import { Composer } from './composer';
import type { KeptText } from './kept-text';
import { MessageList } from './message-list';
import type { TextRoom } from './text-room';
import { TypingLine } from './typing-line';

/** The text of an exchange: what was said, who is typing, and the field for the next message. */
@Component({
  selector: 'parley-conversation',
  imports: [Composer, MessageList, TypingLine],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <parley-message-list [room]="room()" [person]="person()" [closed]="closedBecause() !== ''">
      <ng-content />
    </parley-message-list>
    <div class="foot">
      <parley-typing-line [names]="typing()" />
      <parley-composer
        [kept]="kept()"
        [closedBecause]="closedBecause()"
        (send)="room().send($event)"
        (typed)="room().type()"
      />
    </div>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-rows: minmax(0, 1fr) auto;
      min-block-size: 0;
      min-inline-size: 0;
    }
    .foot {
      inline-size: 100%;
      max-inline-size: 820px;
      margin-inline: auto;
      padding: 0 var(--parley-space-4) max(var(--parley-space-3), env(safe-area-inset-bottom));
    }
  `,
})
export class Conversation {
  readonly room = input.required<TextRoom>();
  readonly kept = input.required<KeptText>();
  readonly person = input.required<FindPerson>();
  /** Why nothing can be written here; empty when something can. */
  readonly closedBecause = input('');

  private readonly composer = viewChild.required(Composer);

  protected readonly typing = computed(() =>
    this.closedBecause() === ''
      ? this.room()
          .typing()
          .map((userId) => this.person()(userId).name)
      : [],
  );

  focusComposer(): void {
    this.composer().focus();
  }
}
