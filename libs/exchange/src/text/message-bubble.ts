import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LucideCheck, LucideCircleAlert, LucideClock } from '@lucide/angular';
import { Avatar } from '../person/avatar';
import type { Person } from '../person/person';
import { momentOf, timeOf } from './dates';
import { MessageText } from './message-text';
import type { MessageRow } from './timeline';

/** Characters, or lines, past which a message is folded until its reader asks for all of it. */
const LONG = { characters: 1_600, lines: 24 } as const;

/** One message: who, when, what, and for one's own how far it got. */
@Component({
  selector: 'parley-message-bubble',
  imports: [Avatar, LucideCheck, LucideCircleAlert, LucideClock, MatButton, MessageText],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    role: 'article',
    '[attr.aria-label]': 'label()',
    '[attr.data-key]': 'row().key',
    '[class.own]': 'row().own',
    '[class.first]': 'row().first',
    '[class.last]': 'row().last',
  },
  templateUrl: './message-bubble.html',
  styleUrl: './message-bubble.css',
})
export class MessageBubble {
  readonly row = input.required<MessageRow>();
  readonly author = input.required<Person>();
  /** Nothing can be sent again. */
  readonly closed = input(false);
  protected readonly reason = computed(() => {
    const failure = this.failed();
    return this.closed() && failure?.retryable === true ? 'Nothing can be written here any more.' : failure?.reason;
  });
  readonly retry = output<string>();
  readonly discard = output<string>();

  protected readonly unfolded = signal(false);
  protected readonly long = computed(() => {
    const { text } = this.row();
    return text.length > LONG.characters || text.split('\n', LONG.lines + 1).length > LONG.lines;
  });
  protected readonly time = computed(() => timeOf(this.row().at));
  protected readonly moment = computed(() => momentOf(this.row().at));
  protected readonly name = computed(() => (this.row().own ? 'You' : this.author().name));
  protected readonly label = computed(() => `${this.name()}, ${this.time()}`);
  protected readonly failed = computed(() => {
    const { delivery } = this.row();
    return delivery?.state === 'failed' ? delivery : undefined;
  });

  protected tellRetry(): void {
    const { id } = this.row();
    if (id !== undefined) this.retry.emit(id);
  }

  protected tellDiscard(): void {
    const { id } = this.row();
    if (id !== undefined) this.discard.emit(id);
  }
}
