import { Component, effect, inject, input, output, signal, untracked } from '@angular/core';
import { FormRoot, form } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import type { Booking } from '@parley/protocol';
import { focusFirstMistake } from '../forms/first-mistake';
import { sendForm } from '../forms/send-form';
import { Notice } from '../ui/notice';
import { type BookingDraft, bookingOf, bookingRules, draftOf, serverNames } from './booking-draft';
import { BookingFields } from './booking-fields';
import { BookingsApi } from './bookings-api';

/** Lets the host move or rename a booking; the link stays the same. */
@Component({
  selector: 'parley-booking-edit',
  imports: [BookingFields, FormRoot, MatButton, Notice],
  host: { class: 'parley-card' },
  templateUrl: './booking-edit.html',
})
export class BookingEdit {
  readonly booking = input.required<Booking>();
  readonly changed = output<Booking>();
  readonly #api = inject(BookingsApi);
  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly saved = signal(false);

  readonly #draft = signal<BookingDraft>({ title: '', date: '', start: '', end: '', timeZone: '' });
  protected readonly fields = form(this.#draft, bookingRules, {
    submission: {
      action: (fields) =>
        sendForm(
          async () => {
            this.saved.set(false);
            this.changed.emit(await this.#api.change(this.booking().id, bookingOf(fields().value())));
            this.saved.set(true);
          },
          serverNames(fields),
          this.failure,
        ),
      onInvalid: focusFirstMistake,
    },
  });

  constructor() {
    // A booking that comes from the server replaces what stands here; adding a person changes none of these fields, so
    // it must not throw away what the host is writing.
    let last = '';
    effect(() => {
      const draft = draftOf(this.booking());
      const text = JSON.stringify([this.booking().id, draft]);
      if (text === last) return;
      last = text;
      untracked(() => this.fields().reset(draft));
    });
  }
}
