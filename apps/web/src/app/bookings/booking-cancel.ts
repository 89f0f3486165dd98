import { Component, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Booking } from '@parley/protocol';
import { asProblem } from '../http/problem-error';
import { Confirm } from '../ui/confirm';
import { Notice } from '../ui/notice';
import { BookingsApi } from './bookings-api';

/** Lets the host call a meeting off. */
@Component({
  selector: 'parley-booking-cancel',
  imports: [MatButton, Notice],
  template: `
    @if (failure(); as text) {
      <parley-notice>{{ text }}</parley-notice>
    }
    <button matButton type="button" class="cancel" (click)="cancel()">Cancel this meeting</button>
  `,
  styles: `
    .cancel {
      --mat-button-text-label-text-color: var(--mat-sys-error);
      --mat-button-text-state-layer-color: var(--mat-sys-error);
    }
  `,
})
export class BookingCancel {
  readonly booking = input.required<Booking>();
  readonly changed = output<Booking>();
  readonly #api = inject(BookingsApi);
  readonly #confirm = inject(Confirm);
  protected readonly failure = signal<string | undefined>(undefined);

  protected async cancel(): Promise<void> {
    const sure = await this.#confirm.ask({
      title: 'Cancel this meeting?',
      text: 'Everyone sees it as cancelled, and what was said in it can no longer be opened. This cannot be undone.',
      yes: 'Cancel the meeting',
      no: 'Keep it',
    });
    if (!sure) return;
    this.failure.set(undefined);
    try {
      await this.#api.cancel(this.booking().id);
      this.changed.emit({ ...this.booking(), cancelled: true });
    } catch (error) {
      this.failure.set(asProblem(error).message);
    }
  }
}
