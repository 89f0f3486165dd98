import { Component, inject, signal } from '@angular/core';
import { FormField, FormRoot, form, validateStandardSchema } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { newBooking } from '@parley/protocol';
import { focusFirstMistake } from '../forms/first-mistake';
import { sendForm } from '../forms/send-form';
import { readersZone } from '../time/time-text';
import { Notice } from '../ui/notice';
import { bookingOf, bookingRules, emptyDraft, serverNames } from './booking-draft';
import { BookingFields } from './booking-fields';
import { BookingsApi } from './bookings-api';
import { EmailChips } from './email-chips';

interface NewBookingModel {
  booking: ReturnType<typeof emptyDraft>;
  participants: string[];
}

/** Books a meeting and shows it, where its link can be copied. */
@Component({
  selector: 'parley-new-booking-page',
  imports: [BookingFields, EmailChips, FormField, FormRoot, MatButton, Notice, RouterLink],
  templateUrl: './new-booking-page.html',
  styleUrl: './new-booking-page.scss',
})
export class NewBookingPage {
  readonly #api = inject(BookingsApi);
  readonly #router = inject(Router);
  protected readonly failure = signal<string | undefined>(undefined);

  protected readonly fields = form(
    signal<NewBookingModel>({ booking: emptyDraft(Date.now(), readersZone()), participants: [] }),
    (path) => {
      bookingRules(path.booking);
      validateStandardSchema(path.participants, newBooking.shape.participants);
    },
    {
      submission: {
        action: (fields) =>
          sendForm(
            async () => {
              const { booking, participants } = fields().value();
              const { id } = await this.#api.create({ ...bookingOf(booking), participants });
              await this.#router.navigate(['/bookings', id]);
            },
            { ...serverNames(fields.booking), participants: fields.participants },
            this.failure,
          ),
        onInvalid: focusFirstMistake,
      },
    },
  );
}
