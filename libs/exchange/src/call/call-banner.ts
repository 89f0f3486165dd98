import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Avatar } from '../person/avatar';
import { LucideDynamicIcon } from '@lucide/angular';
import type { FindPerson } from '../person/directory';
import type { CallRoom } from './call-room';
import { inTheCall } from './people-words';
import { callIcons } from './call-icons';

/** Faces that are shown beside the words. */
const FACES = 4;

/** Who is in the call, and the way into it. */
@Component({
  selector: 'parley-call-banner',
  imports: [LucideDynamicIcon, Avatar, MatButton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', 'aria-label': 'Call', '[class.live]': 'names().length > 0' },
  template: `
    <span class="mark" aria-hidden="true">
      @for (person of faces(); track person.userId) {
        <parley-avatar [person]="person" />
      } @empty {
        <svg [lucideIcon]="icons.video" size="20"></svg>
      }
    </span>
    <p dir="auto">{{ text() }}</p>
    <button [matButton]="names().length > 0 || elsewhere() ? 'filled' : 'tonal'" type="button" (click)="enter()">
      {{ elsewhere() ? 'Join here' : 'Join call' }}
    </button>
  `,
  styleUrl: './call-banner.css',
})
export class CallBanner {
  protected readonly icons = callIcons;
  readonly room = input.required<CallRoom>();
  readonly person = input.required<FindPerson>();

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly others = computed(() =>
    this.room()
      .members()
      .filter(({ userId }) => userId !== this.room().me),
  );
  protected readonly faces = computed(() =>
    this.others()
      .slice(0, FACES)
      .map(({ userId }) => this.person()(userId)),
  );
  protected readonly names = computed(() => this.others().map(({ userId }) => this.person()(userId).name));
  /** In the call, with another window or device. */
  protected readonly elsewhere = computed(() =>
    this.room()
      .members()
      .some(({ userId }) => userId === this.room().me),
  );
  protected readonly text = computed(() => {
    if (this.room().broken()) return 'The call could not be loaded. Check your network, then try again.';
    if (!this.elsewhere()) return inTheCall(this.names());
    const moved =
      this.room().ended() === 'elsewhere'
        ? 'You joined from another window.'
        : 'You are in the call in another window.';
    return this.names().length === 0 ? moved : `${moved} ${inTheCall(this.names())}`;
  });

  focus(): void {
    this.element.querySelector('button')?.focus();
  }

  protected enter(): void {
    void this.room().enterLobby();
  }
}
