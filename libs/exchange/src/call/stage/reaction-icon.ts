import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import {
  LucideFaceGrinning,
  LucideHandHeart,
  LucideHeart,
  LucidePartyPopper,
  LucideSparkles,
  LucideThumbsUp,
} from '@lucide/angular';
import type { Reaction } from '@parley/call';

/** A reaction as a picture; what it is called is written beside it. */
@Component({
  selector: 'parley-reaction-icon',
  imports: [LucideFaceGrinning, LucideHandHeart, LucideHeart, LucidePartyPopper, LucideSparkles, LucideThumbsUp],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `
    @switch (reaction()) {
      @case ('thumbs-up') {
        <svg lucideThumbsUp [size]="size()"></svg>
      }
      @case ('heart') {
        <svg lucideHeart [size]="size()"></svg>
      }
      @case ('laugh') {
        <svg lucideFaceGrinning [size]="size()"></svg>
      }
      @case ('celebrate') {
        <svg lucidePartyPopper [size]="size()"></svg>
      }
      @case ('surprised') {
        <svg lucideSparkles [size]="size()"></svg>
      }
      @case ('clap') {
        <svg lucideHandHeart [size]="size()"></svg>
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
  readonly reaction = input.required<Reaction>();
  /** Pixels. */
  readonly size = input(20);
}
