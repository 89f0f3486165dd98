import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { LucideDynamicIcon } from '@lucide/angular';
import type { Reaction } from '@parley/call';
import { callIcons } from '../call-icons';

/** A reaction as a picture; what it is called is written beside it. */
@Component({
  selector: 'parley-reaction-icon',
  imports: [LucideDynamicIcon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `
    @switch (reaction()) {
      @case ('thumbs-up') {
        <svg [lucideIcon]="icons.thumbsUp" [size]="size()"></svg>
      }
      @case ('heart') {
        <svg [lucideIcon]="icons.heart" [size]="size()"></svg>
      }
      @case ('laugh') {
        <svg [lucideIcon]="icons.faceGrinning" [size]="size()"></svg>
      }
      @case ('celebrate') {
        <svg [lucideIcon]="icons.partyPopper" [size]="size()"></svg>
      }
      @case ('surprised') {
        <svg [lucideIcon]="icons.sparkles" [size]="size()"></svg>
      }
      @case ('clap') {
        <svg [lucideIcon]="icons.handHeart" [size]="size()"></svg>
      }
    }
  `,
  styles: `
    :host {
      display: inline-grid;
    }
  `,
})
export class ReactionIcon {
  protected readonly icons = callIcons;
  readonly reaction = input.required<Reaction>();
  /** Pixels. */
  readonly size = input(20);
}
