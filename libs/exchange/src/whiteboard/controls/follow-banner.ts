import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Avatar } from '../../person/avatar';
import type { FindPerson } from '../../person/directory';
import type { BoardEditor } from '../editor/board-editor';
import { isNarrow } from './board-room';

/** Who shows the others around, with a way to follow them; and that one does so oneself, with a way to stop. */
@Component({
  selector: 'parley-board-follow',
  imports: [Avatar],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status', '[class.narrow]': 'narrow()' },
  template: `
    @if (editor().following.presenting()) {
      <p class="floating own">
        <span>You show everyone this view</span>
        <button type="button" class="control worded" (click)="editor().following.present(false)">Stop</button>
      </p>
    }
    @for (presenter of presenters(); track presenter.connectionId) {
      <p class="floating" [style.border-color]="presenter.followed ? presenter.person.colour : undefined">
        <parley-avatar [person]="presenter.person" />
        <span
          >{{ presenter.followed ? 'Following ' : '' }}<bdi>{{ presenter.person.name }}</bdi
          >{{ presenter.followed ? '' : ' shows you around' }}</span
        >
        @if (presenter.followed) {
          <button type="button" class="control worded" (click)="editor().following.stop()">Stop</button>
        } @else {
          <button
            type="button"
            class="control worded go"
            [attr.aria-label]="'Follow ' + presenter.person.name"
            (click)="editor().following.follow(presenter.connectionId)"
          >
            Follow
          </button>
        }
      </p>
    }
  `,
  styleUrls: ['./controls.css', './follow-banner.css'],
})
export class FollowBanner {
  readonly editor = input.required<BoardEditor>();
  readonly person = input.required<FindPerson>();

  protected readonly narrow = computed(() => isNarrow(this.editor()));
  protected readonly presenters = computed(() => {
    const { presenters, followed } = this.editor().following;
    return presenters().map(({ connectionId, userId }) => ({
      connectionId,
      person: this.person()(userId),
      followed: connectionId === followed(),
    }));
  });
}
