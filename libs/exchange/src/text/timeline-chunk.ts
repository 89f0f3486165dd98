import { afterNextRender, ChangeDetectionStrategy, Component, input, output, signal } from '@angular/core';
import type { FindPerson } from '../person/directory';
import { dayName } from './dates';
import { MessageBubble } from './message-bubble';
import type { TimelineRow } from './timeline';

/**
 * Rows that the browser lays out and paints only near the screen, so that thousands of messages stay smooth. They are
 * laid out once at the start, wherever they are: from then on the browser knows how much room they need.
 */
@Component({
  selector: 'parley-timeline-chunk',
  imports: [MessageBubble],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'data-chunk': '', '[class.measured]': 'measured()' },
  template: `
    @for (row of rows(); track row.key) {
      @switch (row.kind) {
        @case ('message') {
          <parley-message-bubble
            [row]="row"
            [author]="person()(row.userId)"
            [closed]="closed()"
            (retry)="retry.emit($event)"
            (discard)="discard.emit($event)"
          />
        }
        @case ('date') {
          <div class="day" role="separator" [attr.aria-label]="day(row.at)">
            <span>{{ day(row.at) }}</span>
          </div>
        }
        @case ('notice') {
          <p class="notice" dir="auto">{{ row.text }}</p>
        }
      }
    }
  `,
  styles: `
    :host {
      display: block;
      contain-intrinsic-block-size: auto 2600px;
    }
    :host(.measured) {
      content-visibility: auto;
    }
    .day {
      display: flex;
      align-items: center;
      gap: var(--parley-space-3);
      padding-block: var(--parley-space-5) 0;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-medium);
    }
    .day::before,
    .day::after {
      flex: 1;
      border-block-start: var(--parley-border);
      content: '';
    }
    .notice {
      padding-block: var(--parley-space-4) 0;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
      text-align: center;
    }
  `,
})
export class TimelineChunkView {
  readonly rows = input.required<readonly TimelineRow[]>();
  readonly person = input.required<FindPerson>();
  /** Midnight at which today began; milliseconds since the epoch. */
  /** Nothing can be sent again. */
  readonly closed = input(false);
  readonly today = input.required<number>();
  readonly retry = output<string>();
  readonly discard = output<string>();

  protected readonly measured = signal(false);

  constructor() {
    // The size is remembered at the end of a frame in which the rows were laid out (CSS Sizing 4 §4.3).
    afterNextRender(() => requestAnimationFrame(() => requestAnimationFrame(() => this.measured.set(true))));
  }

  protected day(at: number): string {
    return dayName(at, this.today());
  }
}
