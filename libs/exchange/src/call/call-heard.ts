import { ChangeDetectionStrategy, Component, effect, input, output, signal } from '@angular/core';
import type { FindPerson } from '../person/directory';
import type { CallRoom } from './call-room';
import type { CallNews } from './member-watch';
import { reactionNames } from './reaction-words';

/** Says to a screen reader what happens in the call. */
@Component({
  selector: 'parley-call-heard',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'parley-hidden', role: 'status', 'aria-label': 'Call news' },
  template: '{{ said() }}',
})
export class CallHeard {
  readonly room = input.required<CallRoom>();
  readonly person = input.required<FindPerson>();
  /** Someone else joined or left the call. */
  readonly moved = output<{ readonly userId: string; readonly change: 'joined-call' | 'left-call' }>();

  protected readonly said = signal('');

  constructor() {
    effect((onCleanup) => {
      const room = this.room();
      const subscription = room.news.subscribe((news) => this.hear(news));
      onCleanup(() => subscription.unsubscribe());
    });
    effect(() => {
      const ended = this.room().ended();
      if (ended === 'elsewhere') this.said.set('You joined the call from another window, so it has ended in this one.');
      if (ended === 'shut-out') this.said.set('You are no longer in the call.');
    });
  }

  private hear(news: CallNews): void {
    const { kind, userId } = news;
    const { me, mode } = this.room();
    if (userId === me) return;
    if (kind === 'joined' || kind === 'left') this.moved.emit({ userId, change: `${kind}-call` });
    // Who is not in the call hears who comes and goes, and no more.
    else if (mode() !== 'in') return;
    this.said.set(textOf(news, this.person()(userId).name));
  }
}

function textOf(news: CallNews, name: string): string {
  switch (news.kind) {
    case 'joined':
      return `${name} joined the call`;
    case 'left':
      return `${name} left the call`;
    case 'hand-up':
      return `${name} raised a hand`;
    case 'hand-down':
      return `${name} lowered the hand`;
    case 'lost':
      return `The connection to ${name} was lost. Reconnecting.`;
    case 'back':
      return `Connected to ${name} again`;
    case 'reaction':
      return `${name}: ${reactionNames[news.reaction]}`;
  }
}
