import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import type { FindPerson } from '../person/directory';
import { dayName } from './dates';
import { MessageBubble } from './message-bubble';
import type { TimelineRow } from './timeline';

/** Pixels that a row is taken to need until the browser has drawn it once. */
const ROW_ESTIMATE = 52;

/** Rows that the browser lays out and paints only near the screen, so that thousands of messages stay smooth. */
@Component({
  selector: 'parley-timeline-chunk',
  imports: [MessageBubble],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'data-chunk': '', '[style.contain-intrinsic-block-size]': 'estimate()' },
  template: `
    @for (row of rows(); track row.key) {
      @switch (row.kind) {
        @case ('message') {
          <parley-message-bubble
            [row]="row"
            [author]="person()(row.userId)"
            (retry)="retry.emit($event)"
            (discard)="discard.emit($event)"
          />
        }
        @case ('date') {
          <div class="day" role="separator" [attr.data-key]="row.key" [attr.aria-label]="day(row.at)">
            <span>{{ day(row.at) }}</span>
          </div>
        }
        @case ('notice') {
          <p class="notice" dir="auto" [attr.data-key]="row.key">{{ row.text }}</p>
        }
      }
    }
  `,
  styles: `
    :host {
      display: block;
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
  readonly today = input.required<number>();
  readonly retry = output<string>();
  readonly discard = output<string>();

  protected readonly estimate = computed(() => `auto ${this.rows().length * ROW_ESTIMATE}px`);

  protected day(at: number): string {
    return dayName(at, this.today());
  }
}
