import { ChangeDetectionStrategy, Component, computed, input, linkedSignal } from '@angular/core';
import type { FindPerson } from '../person/directory';
import { noticeText } from './notices';
import type { TextRoom } from './text-room';

interface Line {
  readonly key: string;
  readonly text: string;
}

/** Characters of a message that are read out; who wants the rest goes to the message. */
const SPOKEN_LENGTH = 280;
const LINES = 4;

/**
 * Reads new messages of others, and who comes and goes, to a screen reader, politely. History is not news: the list
 * itself stays silent.
 */
@Component({
  selector: 'parley-heard',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'parley-hidden', 'aria-live': 'polite', 'aria-relevant': 'additions' },
  template: `@for (line of lines(); track line.key) {
    <p>{{ line.text }}</p>
  }`,
})
export class Heard {
  readonly room = input.required<TextRoom>();
  readonly person = input.required<FindPerson>();

  private readonly latest = computed((): Line | undefined => {
    const message = this.room().heard();
    if (message === undefined) return undefined;
    const text = message.text.length > SPOKEN_LENGTH ? `${message.text.slice(0, SPOKEN_LENGTH)}…` : message.text;
    return { key: `#${message.seq}`, text: `${this.person()(message.userId).name}: ${text}` };
  });
  private readonly news = computed((): Line | undefined => {
    // What happens in the call is said by the call, also where the chat is not shown.
    const notice = this.room()
      .notices()
      .findLast(({ change }) => change === 'joined' || change === 'left');
    const text = notice && noticeText([notice], (userId) => this.person()(userId).name);
    return notice === undefined || text === undefined ? undefined : { key: notice.key, text };
  });
  protected readonly lines = linkedSignal<readonly (Line | undefined)[], readonly Line[]>({
    source: () => [this.latest(), this.news()],
    computation: (sources, previous) => {
      const before = previous?.value ?? [];
      const known = new Set(before.map(({ key }) => key));
      const fresh = sources.filter((line) => line !== undefined).filter(({ key }) => !known.has(key));
      return fresh.length === 0 ? before : [...before, ...fresh].slice(-LINES);
    },
  });
}
